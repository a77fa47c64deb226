package dev.lintel.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What a {@link ScriptedUpstream} does with one request. A lambda may write anything:
 * {@code out -> out.head(200, "Content-Length: 2").write("ok")}; the factories are the usual answers. Those with a
 * status add {@code Content-Length} or {@code Transfer-Encoding} and nothing else. Answers without state may be given
 * any number of times.
 */
@FunctionalInterface
public interface Answer {

    /**
     * Writes the answer; afterwards the connection serves the next request unless it was closed, or the request or
     * the head of the answer says {@code Connection: close}.
     *
     * @throws IOException if the peer has left; recorded at the request
     * @throws InterruptedException if the upstream is being closed
     */
    void write(AnswerWriter out) throws IOException, InterruptedException;

    /** The lambda itself; a name for it where the compiler needs one. */
    static Answer stream(Answer answer) {
        return answer;
    }

    /** 200 with that body (UTF-8) and these header lines. */
    static Answer ok(String body, String... headerLines) {
        return of(200, body, headerLines);
    }

    /** A status, a body (UTF-8) with {@code Content-Length}, and header lines verbatim. */
    static Answer of(int status, String body, String... headerLines) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = status == 204 || status == 304;
        return out -> {
            out.head(
                    status, bodiless ? headerLines : AnswerWriter.with(headerLines, "Content-Length: " + bytes.length));
            if (!out.request().method().equals("HEAD")) {
                out.write(bytes);
            }
        };
    }

    /** Only a head, with these header lines and nothing added. */
    static Answer head(int status, String... headerLines) {
        return out -> out.head(status, headerLines);
    }

    /** Exactly these bytes (ISO-8859-1). */
    static Answer raw(String latin1) {
        return raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Exactly these bytes. */
    static Answer raw(byte[] bytes) {
        return out -> out.write(bytes);
    }

    /** A chunked body (UTF-8), with the last chunk. */
    static Answer chunked(int status, List<String> chunks, String... headerLines) {
        return chunkedWithTrailers(status, chunks, List.of(), headerLines);
    }

    /** A chunked body (UTF-8), with the last chunk and these trailer lines. */
    static Answer chunkedWithTrailers(
            int status, List<String> chunks, List<String> trailerLines, String... headerLines) {
        return out -> {
            out.head(status, AnswerWriter.with(headerLines, "Transfer-Encoding: chunked"));
            for (String chunk : chunks) {
                out.chunk(chunk);
            }
            out.endChunks(trailerLines.toArray(new String[0]));
        };
    }

    /** 200 with a long body and {@code Content-Length}. */
    static Answer generated(GeneratedBody body, String... headerLines) {
        return out -> out.head(200, AnswerWriter.with(headerLines, "Content-Length: " + body.length()))
                .write(body);
    }

    /** 200 with a long body in chunks of that size. */
    static Answer generatedChunked(GeneratedBody body, int chunkSize, String... headerLines) {
        return out -> out.head(200, AnswerWriter.with(headerLines, "Transfer-Encoding: chunked"))
                .writeChunks(body, chunkSize);
    }

    /** 200 that declares {@code declared} bytes, sends fewer, and ends the connection so. */
    static Answer truncated(long declared, String sent, PeerClose how) {
        return head(200, "Content-Length: " + declared).then(raw(sent)).thenEnd(how);
    }

    /** 200 with these chunks but not the last one, ending the connection so. */
    static Answer truncatedChunks(List<String> chunks, PeerClose how) {
        return out -> {
            out.head(200, "Transfer-Encoding: chunked");
            for (String chunk : chunks) {
                out.chunk(chunk);
            }
            out.end(how);
        };
    }

    /** An unsolicited {@code 101}; the connection is then held. */
    static Answer switchingProtocols(String protocol) {
        return head(101, "Connection: Upgrade", "Upgrade: " + protocol).then(hold());
    }

    /** FIN without an answer. */
    static Answer close() {
        return out -> out.end(PeerClose.FIN);
    }

    /** RST without an answer. */
    static Answer reset() {
        return out -> out.end(PeerClose.RESET);
    }

    /** No answer, until the peer leaves (see {@link ReceivedRequest#awaitAborted}) or the upstream is closed. */
    static Answer hold() {
        return AnswerWriter::hold;
    }

    /** An interim response before this answer, such as {@code 103 Early Hints}. */
    default Answer precededBy(int status, String... headerLines) {
        return head(status, headerLines).then(this);
    }

    /** That answer right behind this one. */
    default Answer then(Answer next) {
        return out -> {
            write(out);
            next.write(out);
        };
    }

    /** Ends the connection so after this answer. */
    default Answer thenEnd(PeerClose how) {
        return out -> {
            write(out);
            out.end(how);
        };
    }

    /** This answer once the test has counted the latch down; an abort by the peer is seen while waiting. */
    default Answer after(CountDownLatch latch) {
        return out -> {
            out.holdUntil(() -> latch.getCount() == 0);
            write(out);
        };
    }
}
