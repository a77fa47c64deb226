package dev.lintel.tunnel;

import dev.lintel.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Two connections joined: what one side sends the other gets, unchanged and at the pace at which it takes it. A side that has
 * said its last is told on as such while the other goes on. Ends the exchange when both sides have, when nothing has passed
 * for too long, or when one side breaks, which breaks the other. Thread-safe.
 *
 * <p>Bytes flow when both sides are open, so that none overtakes the answer that announces them.
 */
public final class ConnectionPair {

    /** How long nothing may pass when one side has said its last: the other has no reason to wait. */
    private static final long HALF_CLOSED_NANOS = 10_000_000_000L;

    private final Exchange exchange;
    private volatile long idleNanos;
    private final PairedConnection upstream;
    private final PairedConnection client;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long movedNanos = System.nanoTime();

    private ConnectionPair(Exchange exchange, Duration idle, PairedConnection client, PairedConnection upstream) {
        this.exchange = exchange;
        this.idleNanos = idle.toNanos();
        this.client = client;
        this.upstream = upstream;
    }

    /**
     * Joins two connections.
     *
     * @param exchange told of the bytes, of what went wrong, and of the end
     * @param idle how long nothing may pass in either direction; looked at once in that time
     * @param fromClient the connection to the client, still of its old protocol
     * @param toUpstream the connection to the upstream, still of its old protocol
     * @param executor for what must not be done by the threads that watch sockets
     * @param buffers where buffers come from: one for each direction, only while bytes are on their way
     */
    public static ConnectionPair join(
            Exchange exchange,
            Duration idle,
            EndPoint fromClient,
            EndPoint toUpstream,
            Executor executor,
            ByteBufferPool buffers) {
        PairedConnection client = new PairedConnection(fromClient, executor, buffers, exchange::addRequestBytes);
        PairedConnection upstream = new PairedConnection(toUpstream, executor, buffers, exchange::addResponseBytes);
        ConnectionPair pair = new ConnectionPair(exchange, idle, client, upstream);
        client.join(pair, toUpstream);
        upstream.join(pair, fromClient);
        return pair;
    }

    /** What the client's connection is to become, once the head of the answer is out. */
    public Connection clientEnd() {
        return client;
    }

    /** Changes the upstream's connection. Called by the thread that read the upstream's answer, which may have read more. */
    public void openUpstream() {
        upstream.getEndPoint().upgrade(upstream);
    }

    /** Breaks both sides, unless both are open. Called when the client's side should have been opened by now. */
    public void breakUnlessOpen() {
        if (opened.get() < 2) {
            breakOff(new IOException("client gone"));
        }
    }

    /** Breaks both sides; without effect when it is over. */
    public void breakOff(Throwable cause) {
        if (over.compareAndSet(false, true)) {
            exchange.failure(cause instanceof TimeoutException ? "idle-timeout" : "tunnel-broken");
            client.breakOff(cause);
            upstream.breakOff(cause);
            exchange.complete();
        }
    }

    void opened() {
        if (opened.incrementAndGet() == 2) {
            movedNanos = System.nanoTime();
            setIdle(idleNanos);
            client.flow();
            upstream.flow();
        }
    }

    private void setIdle(long nanos) {
        idleNanos = nanos;
        long millis = Math.max(1, nanos / 1_000_000);
        client.getEndPoint().setIdleTimeout(millis);
        upstream.getEndPoint().setIdleTimeout(millis);
    }

    void moved() {
        movedNanos = System.nanoTime();
    }

    /** One side has sent its last, which the other is told; when both have, it is over. */
    void finished(EndPoint other) {
        if (finished.incrementAndGet() == 2) {
            end();
        } else {
            // a reset looks just like this
            setIdle(Math.min(idleNanos, HALF_CLOSED_NANOS));
            other.shutdownOutput();
        }
    }

    /** Whether nothing has passed for too long, in which case it is over. */
    boolean expires(TimeoutException reason) {
        if (System.nanoTime() - movedNanos < idleNanos) {
            return false;
        }
        breakOff(reason);
        return true;
    }

    /** A side was closed; without a cause if both its directions have ended. */
    void closed(@Nullable Throwable cause) {
        if (cause != null) {
            breakOff(cause);
        } else {
            end();
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            client.getEndPoint().close();
            upstream.getEndPoint().close();
            exchange.complete();
        }
    }
}
