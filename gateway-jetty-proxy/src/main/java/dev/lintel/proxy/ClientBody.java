package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.filter.BodyLimit;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's request, read when the upstream can take more: one buffer at a time. Nothing is asked of the
 * container before the first read, so that a try that gets no connection leaves the body whole, and so that a client that
 * expects 100 is told to go on only when the upstream says so.
 *
 * <p>Used by one sender at a time; the container's callbacks come on threads of their own.
 */
final class ClientBody implements ReadListener {

    private static final int BUFFER = 16 * 1024;

    /** The container calls back once after every isReady() that was false, and once after setReadListener unless it was read before. */
    private final Handover handover = new Handover();

    private final BodyPace pace;

    private final UpstreamCall call;
    private final HttpServletRequest request;
    private final Exchange exchange;
    private final ByteBufferPool buffers;
    /** On what the container's callbacks go on. */
    private final Executor callbacks;

    private final long length;
    private final long most;
    private @Nullable ServletInputStream input;
    private volatile boolean open;
    private volatile boolean ended;
    private volatile boolean broken;
    private long taken;
    private final AtomicReference<Content.@Nullable Chunk> peeked = new AtomicReference<>();
    private volatile boolean released;
    private final ReentrantLock reading = new ReentrantLock();
    /** Whether the container must not be asked for more once all has been read, and can be asked whether it has. */
    private final boolean asksForEnd;

    private volatile boolean stopped;
    private final AtomicReference<@Nullable Runnable> afterwards = new AtomicReference<>();

    ClientBody(
            UpstreamCall call,
            HttpServletRequest request,
            long length,
            Route.Options options,
            ByteBufferPool buffers,
            Executor callbacks) {
        this.call = call;
        this.request = request;
        this.exchange = call.exchange();
        this.length = length;
        this.most = options.maxRequestBody();
        this.pace = new BodyPace(options.minBodyRate());
        this.buffers = buffers;
        this.callbacks = callbacks;
        // on HTTP/2 Tomcat takes a stream that was reset for one that has been read, and nobody waits
        this.asksForEnd = exchange.protocol().startsWith("HTTP/1")
                && ClientConnection.of(request).mayWaitAtEnd();
    }

    /** The length that the client declared, or -1. */
    long length() {
        return length;
    }

    /** Whether its end was handed on. */
    boolean isEnded() {
        return ended;
    }

    /** Whether the next piece is the client's to send. */
    boolean isAwaited() {
        return handover.isAwaited();
    }

    /** Whether the client has been waited for longer than its route allows. */
    boolean isTooSlow() {
        return !ended && !broken && handover.isAwaited() && pace.isTooSlow(System.nanoTime());
    }

    /** Finds out whether there is a body at all, where only its first piece or its end tells; then runs a task. */
    void peek(Runnable then) throws IOException {
        var unused = listen();
        demand(() -> peeked(then));
    }

    /** After {@link #peek}: whether there is a body. */
    boolean exists() {
        return peeked.get() != null;
    }

    private void peeked(Runnable then) {
        Content.Chunk first = readChunk();
        if (first == null) {
            demand(() -> peeked(then));
            return;
        }
        if (!first.isLast() || first.hasRemaining()) {
            peeked.set(first);
            if (released) {
                release();
                return;
            }
        }
        then.run();
    }

    /** The next piece; null if there is none yet. */
    Content.@Nullable Chunk read() {
        Content.Chunk first = peeked.getAndSet(null);
        return first == null ? readChunk() : first;
    }

    private Content.@Nullable Chunk readChunk() {
        if (ended) {
            return end();
        }
        if (stopped) {
            return null;
        }
        try {
            if (input == null) {
                var unused = listen();
            }
            return open && !broken ? readAlone() : null;
        } catch (IOException | IllegalStateException broken) {
            // a filter may have put a limit of its own around the request
            return failed(BodyLimit.isExceeded(broken) ? CallFailure.BODY_TOO_LARGE : CallFailure.BODY_BROKEN);
        }
    }

    /** Begins to listen on the request's own thread: what came with the head can then go out with the head. */
    void start() throws IOException {
        ServletInputStream from = listen();
        // other containers, and streams of filters, are read when they have called back; so is Jetty's while nothing is
        // there: it takes being asked whether it is ready for an error then
        if (length >= 0 && from.getClass().getName().startsWith("org.eclipse.jetty.") && from.available() > 0) {
            open = true;
        }
    }

    private ServletInputStream listen() throws IOException {
        ServletInputStream from = request.getInputStream();
        input = from;
        from.setReadListener(this);
        return from;
    }

    private Content.@Nullable Chunk readAlone() throws IOException {
        ServletInputStream from = input;
        if (from == null) {
            return null;
        }
        reading.lock();
        try {
            if (stopped) {
                return null;
            }
            if (asksForEnd && from.isFinished()) {
                ended = true;
                return end();
            }
            // Tomcat reads when it is asked, so asking is reading
            return from.isReady() ? readInput(from) : null;
        } finally {
            reading.unlock();
            goOnAfterwards();
        }
    }

    /**
     * Lets no further piece be read, and runs what makes the request over once none is being read: the container gives the buffer
     * that it reads into back then, which may be another connection's at once. Reading waits for nobody, so it is waited for; should
     * it take a second, whoever reads has it run.
     *
     * @param late what runs it then
     */
    void stop(Runnable end, Executor late) {
        if (stop()) {
            end.run();
            return;
        }
        afterwards.set(() -> late.execute(end));
        goOnAfterwards();
    }

    /** Lets no further piece be read, and waits a second at most for one that is; whether none is being read. */
    boolean stop() {
        stopped = true;
        try {
            if (reading.tryLock(1, TimeUnit.SECONDS)) {
                reading.unlock();
                goOnAfterwards();
                return true;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void goOnAfterwards() {
        if (afterwards.get() != null && reading.tryLock()) {
            reading.unlock();
            Runnable end = afterwards.getAndSet(null);
            if (end != null) {
                end.run();
            }
        }
    }

    private Content.@Nullable Chunk readInput(ServletInputStream from) throws IOException {
        RetainableByteBuffer buffer = buffers.acquire(BUFFER, false);
        ByteBuffer bytes = buffer.getByteBuffer();
        int count = -1;
        try {
            count = from.read(bytes.array(), bytes.arrayOffset(), BUFFER);
        } finally {
            if (count <= 0) {
                buffer.release();
            }
        }
        if (count < 0) {
            ended = true;
            return end();
        }
        if (count == 0) {
            return readAlone();
        }
        taken += count;
        pace.arrived(System.nanoTime(), count);
        exchange.addRequestBytes(count);
        if (most > 0 && taken > most) {
            buffer.release();
            return failed(CallFailure.BODY_TOO_LARGE);
        }
        if (length >= 0 && taken > length) {
            // more than promised would be the beginning of another request to the upstream (RFC 9113 section 8.1.1)
            buffer.release();
            return failed(CallFailure.BODY_BROKEN);
        }
        call.progress();
        bytes.position(0).limit(count);
        // with a declared length the last byte is known to be the last
        boolean last = taken == length;
        if (last) {
            // the container may say meanwhile, on a thread of its own, that it has ended before: then it is too short
            ended = true;
        }
        return Content.Chunk.asChunk(bytes, last, buffer);
    }

    /**
     * The end, unless the client had promised more, for HTTP/2 can end a stream anywhere (RFC 9113 section 8.1.1), or what
     * follows is malformed (section 8.1).
     */
    private Content.@Nullable Chunk end() {
        boolean malformed = length >= 0 ? taken < length : Trailers.areMalformed(request);
        return malformed ? failed(CallFailure.BODY_BROKEN) : Content.Chunk.EOF;
    }

    private Content.@Nullable Chunk failed(CallFailure failure) {
        broken = true;
        return call.bodyFailed(failure) ? Content.Chunk.from(failure.exception(), true) : null;
    }

    /** Runs a task once the next piece, the end or a failure may be there. */
    void demand(Runnable task) {
        pace.await(System.nanoTime());
        handover.await(task);
    }

    /** Gives back what was read and never sent, once nobody is going to. */
    void release() {
        released = true;
        Content.Chunk unsent = peeked.getAndSet(null);
        if (unsent != null) {
            // what follows it is no body
            broken = true;
            unsent.release();
        }
    }

    /** Forgets who waits. */
    void abandon() {
        handover.reset();
    }

    @Override
    public void onDataAvailable() {
        open = true;
        callbacks.execute(handover::tell);
    }

    @Override
    public void onAllDataRead() {
        open = true;
        ended = true;
        handover.tell();
    }

    @Override
    public void onError(Throwable thrown) {
        var unused = failed(thrown instanceof TimeoutException ? CallFailure.BODY_STALLED : CallFailure.BODY_BROKEN);
    }
}
