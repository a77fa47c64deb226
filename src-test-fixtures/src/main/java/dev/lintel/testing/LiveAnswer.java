package dev.lintel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that the test writes piece by piece, when it wants, from its own thread; for one request.
 *
 * <pre>{@code
 * LiveAnswer live = LiveAnswer.chunked(200, "Content-Type: text/event-stream");
 * upstream.answerWith(request -> live);
 * client.send(RawRequest.get("/events"));
 * live.chunk("data: 1\n\n");            // waits for the request (10 s at most), then writes
 * client.awaitText("data: 1");
 * live.end();
 * }</pre>
 *
 * <p>Each write throws {@link UncheckedIOException} if the peer has left. Thread-safe.
 */
public final class LiveAnswer implements Answer {

    private final Answer head;
    private final boolean chunked;
    private final CompletableFuture<AnswerWriter> started = new CompletableFuture<>();
    private volatile boolean ended;

    private LiveAnswer(Answer head, boolean chunked) {
        this.head = head;
        this.chunked = chunked;
    }

    /** Begins with a head and {@code Transfer-Encoding: chunked}. */
    public static LiveAnswer chunked(int status, String... headerLines) {
        return new LiveAnswer(Answer.head(status, AnswerWriter.with(headerLines, "Transfer-Encoding: chunked")), true);
    }

    /** Begins with these bytes (ISO-8859-1), possibly none. */
    public static LiveAnswer raw(String latin1) {
        return new LiveAnswer(Answer.raw(latin1), false);
    }

    @Override
    public void write(AnswerWriter out) throws IOException, InterruptedException {
        head.write(out);
        if (!started.complete(out)) {
            throw new IllegalStateException("live answer: used twice (expected: one request)");
        }
        out.holdUntil(() -> ended);
    }

    /** Waits for the request, whose head has then been answered. */
    public ReceivedRequest awaitStarted() {
        return out().request();
    }

    /** Writes one chunk, as UTF-8. */
    public LiveAnswer chunk(String data) {
        return run(out -> out.chunk(data));
    }

    /** Writes these characters as one byte each. */
    public LiveAnswer write(String latin1) {
        return run(out -> out.write(latin1));
    }

    /** Ends the answer: with the last chunk and these trailer lines if it is chunked; the connection goes on. */
    public void end(String... trailerLines) {
        run(out -> out.finish(() -> ended = true, chunked ? Chunks.last(trailerLines) : new byte[0]));
    }

    /** Ends the connection in the middle of the answer. */
    public void breakOff(PeerClose how) {
        run(out -> {
            ended = true;
            out.end(how);
        });
    }

    private LiveAnswer run(Piece piece) {
        try {
            piece.write(out());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AnswerWriter out() {
        try {
            return started.get(Patience.DEFAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("live answer: no request within " + Patience.DEFAULT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("live answer: interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Piece {
        void write(AnswerWriter out) throws IOException;
    }
}
