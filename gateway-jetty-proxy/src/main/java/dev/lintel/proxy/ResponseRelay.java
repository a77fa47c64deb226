package dev.lintel.proxy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of an answer on: a piece is taken from the upstream when the client took the one before. What has arrived
 * is never kept back to be joined with what has not.
 *
 * <p>One thread at a time runs the loop. It stops in one of two ways: asking the upstream for more, or being told by the
 * container that the client is not ready; whoever is asked runs it again.
 */
final class ResponseRelay implements WriteListener, Invocable.Task {

    private final UpstreamCall call;
    private final Content.Source source;
    private final ServletOutputStream output;
    private final StreamWriting writing;
    private final boolean counts;
    private final boolean near;
    private final @Nullable WholeAnswer whole;
    private final AtomicBoolean awaitingClient = new AtomicBoolean();
    /** What is to be written next. */
    private Content.@Nullable Chunk pending;

    /** What the container may still be reading from. */
    private Content.@Nullable Chunk held;

    private final ReentrantLock stepping = new ReentrantLock();
    /** Held while the container is asked to tell when the client is ready. */
    private volatile @Nullable ReentrantLock registering;

    private volatile boolean stopped;
    private boolean listening;
    private boolean unsent = true;

    /**
     * Makes the relay of one answer.
     *
     * @param counts whether bytes are counted here
     * @param near whether the thread that reads the answer takes turns with others
     * @param whole what can send a body that is there whole; null if nothing can
     */
    ResponseRelay(
            UpstreamCall call,
            Content.Source source,
            ServletOutputStream output,
            boolean counts,
            boolean near,
            @Nullable WholeAnswer whole) {
        this.call = call;
        this.source = source;
        this.output = output;
        this.writing = StreamWriting.of(output);
        this.counts = counts;
        this.near = near;
        this.whole = whole;
    }

    /**
     * On loops, into Jetty's own stream, it waits for nobody and ends with the turn, so that whoever reads the answer runs it. Elsewhere a
     * stream may wait for the client, and a fast answer may never pause: Jetty has others read on meanwhile.
     */
    @Override
    public InvocationType getInvocationType() {
        return near && writing.sendsAtOnce() ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING;
    }

    /** Whether the next step is the client's. */
    boolean isAwaitingClient() {
        return awaitingClient.get();
    }

    /**
     * Waits for a step that is being taken, which waits for nobody itself, and lets no other follow: whoever calls this is
     * then the only one who writes. So it does, for a second at most, for the container being asked to tell: of those two one may be
     * waiting for the other, and nothing is touched any more after that.
     */
    void stop() {
        stopped = true;
        try {
            if (stepping.tryLock(1, TimeUnit.SECONDS)) {
                try {
                    giveBack();
                } finally {
                    stepping.unlock();
                }
            }
            ReentrantLock other = registering;
            if (other != null && other.tryLock(1, TimeUnit.SECONDS)) {
                other.unlock();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is written already may still be read by the container, so only what is not goes back. */
    private void giveBack() {
        Content.Chunk unwritten = pending;
        if (unwritten != null) {
            pending = null;
            unwritten.release();
        }
    }

    @Override
    public void run() {
        boolean first;
        stepping.lock();
        try {
            first = !stopped && !step();
        } finally {
            stepping.unlock();
        }
        if (first) {
            listen();
        }
    }

    /** Tomcat makes other threads wait here for those that serve the connection, so these may wait for it within bounds only. */
    private void listen() {
        ReentrantLock own = new ReentrantLock();
        own.lock();
        try {
            registering = own;
            if (!stopped) {
                output.setWriteListener(this);
            }
        } catch (IllegalStateException over) {
            call.fail(CallFailure.CLIENT_GONE);
        } finally {
            own.unlock();
        }
    }

    /** Goes on as far as possible; false if the container must first be asked to tell when the client is ready. */
    private boolean step() {
        boolean before = listening;
        try {
            relay();
        } catch (IOException | IllegalStateException gone) {
            call.fail(CallFailure.CLIENT_GONE);
        } catch (RuntimeException wrong) {
            call.failed(wrong);
        }
        return before || !listening;
    }

    private void relay() throws IOException {
        if (!listening && !writing.sendsAtOnce() && call.isBodyOpen() && !startListening()) {
            // it may have to be flushed before there is anything to write
            return;
        }
        while (!listening || ready()) {
            release();
            Content.Chunk next = pending;
            if (next != null) {
                write(next);
                continue;
            }
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                if (!unsent) {
                    source.demand(this);
                    return;
                }
                if (!startListening()) {
                    return;
                }
                unsent = false;
                output.flush();
            } else if (Content.Chunk.isFailure(chunk)) {
                // the end of the exchange with the upstream tells why
                return;
            } else if (chunk.hasRemaining()) {
                if (!listening && whole != null && whole.is(chunk) && !call.isBodyOpen()) {
                    if (!sendWhole(whole, chunk)) {
                        return;
                    }
                    continue;
                }
                pending = chunk;
                if (!startListening()) {
                    return;
                }
            } else {
                chunk.release();
                if (chunk.isLast()) {
                    if (unsent && !writing.sendsAtOnce() && call.isBodyOpen()) {
                        // a container that fails to read the body would put its own error page in place of what it
                        // holds
                        output.flush();
                    }
                    return;
                }
            }
        }
    }

    private void write(Content.Chunk chunk) throws IOException {
        pending = null;
        held = chunk;
        int length = chunk.remaining();
        writing.write(output, chunk.getByteBuffer());
        unsent = !writing.sendsAtOnce();
        if (counts) {
            call.exchange().addResponseBytes(length);
        }
        call.progress();
    }

    /** Sends a body at one go, with its head; false if the client cannot take it now, and the container will tell when it has. */
    private boolean sendWhole(WholeAnswer answer, Content.Chunk chunk) {
        held = chunk;
        unsent = false;
        int length = chunk.remaining();
        awaitingClient.set(true);
        boolean out = answer.send(chunk.getByteBuffer(), this);
        if (counts) {
            call.exchange().addResponseBytes(length);
        }
        if (out) {
            awaitingClient.set(false);
            call.progress();
        }
        return out;
    }

    /** Whether the container tells when the client is ready; if not, nothing more is done before it does. */
    private boolean startListening() {
        if (listening) {
            return true;
        }
        listening = true;
        awaitingClient.set(true);
        return false;
    }

    private boolean ready() {
        awaitingClient.set(true);
        if (output.isReady()) {
            awaitingClient.set(false);
            return true;
        }
        return false;
    }

    private void release() {
        Content.Chunk done = held;
        if (done != null) {
            held = null;
            done.release();
        }
    }

    @Override
    public void onWritePossible() {
        if (awaitingClient.compareAndSet(true, false)) {
            call.progress();
            run();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        if (awaitingClient.compareAndSet(true, false)) {
            release();
        }
        call.fail(CallFailure.CLIENT_GONE);
    }
}
