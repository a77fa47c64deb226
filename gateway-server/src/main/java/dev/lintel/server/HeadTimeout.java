package dev.lintel.server;

import dev.lintel.loop.Sweep;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes HTTP/1 connections whose next head takes too long, TLS connections whose handshake does, and those that were
 * answered for the last time and still send. The idle timeout alone would let a client hold a connection for hours with
 * a byte every few seconds. Thread-safe.
 */
final class HeadTimeout extends Sweep implements Connection.Listener {

    /*
     * Nothing is done for a request but two writes. A sweep, several times in the time allowed, looks at the connections
     * without a request: bytes that came since the last request's end are a head that has begun. A connection is seen
     * late by one sweep at most, so it is closed after the time allowed and at most a quarter more.
     */
    private final long limitNanos;
    private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();
    private final Map<SslConnection, Long> handshakes = new ConcurrentHashMap<>();

    HeadTimeout(Scheduler scheduler, Duration limit) {
        super(scheduler, Math.max(10, Math.min(1000, limit.toMillis() / 8)));
        this.limitNanos = limit.toNanos();
    }

    /** What is known of a connection; null if it is not an HTTP/1 one. */
    @Nullable
    Watched watched(Connection connection) {
        return connections.get(connection);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection tls) {
            handshakes.put(tls, System.nanoTime());
        } else if (connection instanceof ConnectionMetaData http && http.getHttpVersion() != HttpVersion.HTTP_2) {
            connections.put(connection, new Watched(connection));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof SslConnection tls) {
            handshakes.remove(tls);
        } else {
            connections.remove(connection);
        }
    }

    @Override
    protected void doStop() {
        super.doStop();
        connections.clear();
        handshakes.clear();
    }

    @Override
    protected void look() {
        long now = System.nanoTime();
        for (Watched watched : connections.values()) {
            if (watched.isLate(now, limitNanos)) {
                watched.connection.getEndPoint().close();
            }
        }
        handshakes.forEach((tls, since) -> checkHandshake(tls, since, now));
    }

    private void checkHandshake(SslConnection tls, long since, long now) {
        // a session without a protocol is the one before the first handshake
        if (!tls.getSSLEngine().getSession().getProtocol().equals("NONE")) {
            handshakes.remove(tls);
        } else if (now - since > limitNanos) {
            tls.getEndPoint().close();
        }
    }

    /** One HTTP/1 connection. Written by the thread of its request, read by the sweep. */
    static final class Watched {

        private final Connection connection;
        private volatile boolean busy;
        private volatile long bytesBefore;
        private volatile int requestsEnded;

        // the sweep's own
        private int headAfter = -1;
        private long headSince;

        Watched(Connection connection) {
            this.connection = connection;
        }

        void requestBegins() {
            busy = true;
        }

        // one request at a time, so nobody else counts
        @SuppressWarnings("NonAtomicVolatileUpdate")
        void requestEnds() {
            bytesBefore = connection.getBytesIn();
            requestsEnded++;
            busy = false;
        }

        private boolean isLate(long now, long limitNanos) {
            int ended = requestsEnded;
            boolean over = connection.getEndPoint().isOutputShutdown();
            if (busy || !over && connection.getBytesIn() == bytesBefore) {
                headAfter = -1;
                return false;
            }
            if (headAfter != ended) {
                headAfter = ended;
                headSince = now;
            }
            return now - headSince > limitNanos;
        }
    }
}
