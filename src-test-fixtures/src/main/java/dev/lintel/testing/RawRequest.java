package dev.lintel.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exact bytes of a request. Immutable; each method gives a new one.
 *
 * <p>{@code RawRequest.get("/x").header("A", "b")} adds {@code Host: localhost} unless the test names a Host or says
 * {@link #withoutHost()}, and frames a body given to {@link #body}. {@link #raw} adds nothing. Nothing is checked:
 * wrong requests are what this is for. Texts are sent as ISO-8859-1, one byte a character, bodies given as text as
 * UTF-8.
 */
public final class RawRequest {

    private final String requestLine;
    private final List<String> headerLines;
    private final boolean defaultHost;
    private final byte[] rest;

    private RawRequest(String requestLine, List<String> headerLines, boolean defaultHost, byte[] rest) {
        this.requestLine = requestLine;
        this.headerLines = headerLines;
        this.defaultHost = defaultHost;
        this.rest = rest;
    }

    /** GET of that target. */
    public static RawRequest get(String target) {
        return of("GET", target);
    }

    /** POST to that target. */
    public static RawRequest post(String target) {
        return of("POST", target);
    }

    /** Any method and target, HTTP/1.1. */
    public static RawRequest of(String method, String target) {
        return new RawRequest(method + " " + target + " HTTP/1.1", List.of(), true, new byte[0]);
    }

    /** These lines, each followed by CRLF, then an empty line; nothing is added. */
    public static RawRequest raw(String requestLine, String... headerLines) {
        return new RawRequest(requestLine, List.of(headerLines), false, new byte[0]);
    }

    /** Adds a header line. */
    public RawRequest header(String name, String value) {
        return line(name + ": " + value);
    }

    /** Adds a header line verbatim. */
    public RawRequest line(String headerLine) {
        List<String> lines = new ArrayList<>(headerLines);
        lines.add(headerLine);
        return new RawRequest(requestLine, lines, defaultHost, rest);
    }

    /** Adds {@code Authorization: Bearer} with that token. */
    public RawRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** Asks the server to close the connection afterwards. */
    public RawRequest close() {
        return header("Connection", "close");
    }

    /** No Host line is added. */
    public RawRequest withoutHost() {
        return new RawRequest(requestLine, headerLines, false, rest);
    }

    /** Adds {@code Content-Length} and the body, as UTF-8. */
    public RawRequest body(String body) {
        return body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds {@code Content-Length} and the body. */
    public RawRequest body(byte[] body) {
        return header("Content-Length", Integer.toString(body.length)).following(body);
    }

    /** Adds {@code Transfer-Encoding: chunked} and these chunks, as UTF-8, with the last chunk. */
    public RawRequest chunked(String... chunks) {
        return chunkedWithTrailers(List.of(chunks));
    }

    /** As {@link #chunked}, with trailer lines verbatim. */
    public RawRequest chunkedWithTrailers(List<String> chunks, String... trailerLines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String chunk : chunks) {
            body.writeBytes(Chunks.chunk(chunk.getBytes(StandardCharsets.UTF_8)));
        }
        body.writeBytes(Chunks.last(trailerLines));
        return header("Transfer-Encoding", "chunked").following(body.toByteArray());
    }

    /** Exactly these bytes (ISO-8859-1) after the head, without a header that frames them. */
    public RawRequest following(String latin1) {
        return following(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Exactly these bytes after the head, without a header that frames them. */
    public RawRequest following(byte[] bytes) {
        return new RawRequest(requestLine, headerLines, defaultHost, bytes.clone());
    }

    /** Whether the method is HEAD, so that the response has no body. */
    boolean isHead() {
        return requestLine.startsWith("HEAD ");
    }

    /** What goes on the wire. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(requestLine).append("\r\n");
        if (defaultHost && hostLine() == null) {
            head.append("Host: localhost\r\n");
        }
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(rest);
        return all.toByteArray();
    }

    private @Nullable String hostLine() {
        for (String line : headerLines) {
            if (line.regionMatches(true, 0, "Host:", 0, 5)) {
                return line;
            }
        }
        return null;
    }

    /** The bytes as ISO-8859-1. */
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }
}
