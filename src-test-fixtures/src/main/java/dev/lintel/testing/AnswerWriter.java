package dev.lintel.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Writes an answer to one request. Every call is on the wire when it returns. Thread-safe, so that a test may write
 * while the connection's thread watches for the peer to leave.
 */
public final class AnswerWriter {

    private final UpstreamConnection connection;
    private final ReceivedRequest request;

    AnswerWriter(UpstreamConnection connection, ReceivedRequest request) {
        this.connection = connection;
        this.request = request;
    }

    static String[] with(String[] lines, String line) {
        String[] all = Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = line;
        return all;
    }

    /** The request being answered. */
    public ReceivedRequest request() {
        return request;
    }

    /** Writes a status line, header lines verbatim and the empty line. */
    public AnswerWriter head(int status, String... headerLines) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason(status))
                .append("\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
            if (line.equalsIgnoreCase("Connection: close")) {
                connection.closeAfterAnswer();
            }
        }
        return write(head.append("\r\n").toString());
    }

    /** Writes these characters as one byte each. */
    public AnswerWriter write(String latin1) throws IOException {
        return write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes these bytes. */
    public AnswerWriter write(byte[] bytes) throws IOException {
        connection.write(request, out -> out.write(bytes));
        return this;
    }

    /** Writes a long body without framing. */
    public AnswerWriter write(GeneratedBody body) throws IOException {
        connection.write(request, body::writeTo);
        return this;
    }

    /** Writes a long body as chunks of that size, with the last chunk. */
    public AnswerWriter writeChunks(GeneratedBody body, int chunkSize) throws IOException {
        connection.write(request, out -> body.writeChunksTo(out, chunkSize));
        return this;
    }

    /** Writes one chunk, as UTF-8. */
    public AnswerWriter chunk(String data) throws IOException {
        return write(Chunks.chunk(data.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes the last chunk and these trailer lines. */
    public AnswerWriter endChunks(String... trailerLines) throws IOException {
        return write(Chunks.last(trailerLines));
    }

    /** Waits until the peer leaves, which is recorded as an abort, or the upstream is closed. */
    public void hold() throws IOException, InterruptedException {
        holdUntil(() -> false);
    }

    /**
     * Waits until the condition holds; it is looked at every 25 ms.
     *
     * @throws IOException if the peer leaves before, which is recorded as an abort
     */
    public void holdUntil(BooleanSupplier condition) throws IOException, InterruptedException {
        connection.holdUntil(request, condition);
    }

    /**
     * Ends the connection.
     *
     * @param how by FIN (over TLS after {@code close_notify}), RST, or a FIN without {@code close_notify}. Where
     *     received bytes are still unread, the operating system makes RST of any of them.
     */
    public void end(PeerClose how) throws IOException {
        connection.end(how);
    }

    /** Sends FIN and goes on reading. */
    public void shutdownOutput() throws IOException {
        connection.shutdownOutput();
    }

    /** Writes the end of an answer; {@code before} is run when nothing else can be written in between. */
    void finish(Runnable before, byte[] bytes) throws IOException {
        connection.write(request, out -> {
            before.run();
            out.write(bytes);
        });
    }

    private static String reason(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 101 -> "Switching Protocols";
            case 102 -> "Processing";
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 204 -> "No Content";
            case 304 -> "Not Modified";
            case 404 -> "Not Found";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Scripted";
        };
    }

    /** Writes something to the connection. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
