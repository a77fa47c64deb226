package dev.lintel.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A start line and header lines.
 *
 * @param startLine the first line without its line end
 * @param headers the header lines
 * @param raw all of it as it was on the wire, as ISO-8859-1, with the empty line
 */
record MessageHead(String startLine, HeaderLines headers, String raw) {

    private static final int LONGEST_HEAD = 4 * 1024 * 1024;

    /** Reads a head; null if the peer closed before its first byte. */
    static @Nullable MessageHead read(WireReader wire, Patience patience) throws IOException {
        while (wire.buffered() == 0) {
            if (!wire.fill(patience)) {
                return null;
            }
        }
        StringBuilder raw = new StringBuilder();
        String startLine = wire.line(patience);
        raw.append(startLine).append("\r\n");
        List<String> lines = lines(wire, patience, raw);
        return new MessageHead(startLine, HeaderLines.parse(lines), raw.toString());
    }

    /** Lines up to and without the empty one. */
    static List<String> lines(WireReader wire, Patience patience, StringBuilder raw) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = wire.line(patience); !line.isEmpty(); line = wire.line(patience)) {
            lines.add(line);
            raw.append(line).append("\r\n");
            if (raw.length() > LONGEST_HEAD) {
                throw new ProtocolViolation("head: more than " + LONGEST_HEAD + " bytes");
            }
        }
        raw.append("\r\n");
        return lines;
    }

    /** Whether the message declares the chunked coding; any other transfer coding is a violation. */
    boolean chunked() throws ProtocolViolation {
        List<String> codings = headers.values("Transfer-Encoding");
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
            throw new ProtocolViolation("Transfer-Encoding: " + codings + " (expected: chunked, once)");
        }
        if (headers.has("Content-Length")) {
            throw new ProtocolViolation(
                    "Content-Length: beside Transfer-Encoding (expected: one of them, RFC 9112, section 6.2)");
        }
        return true;
    }

    /** The declared length; -1 if there is none. */
    long contentLength() throws ProtocolViolation {
        List<String> lengths = headers.values("Content-Length");
        if (lengths.isEmpty()) {
            return -1;
        }
        String length = lengths.get(0);
        if (lengths.size() != 1 || length.isEmpty() || length.length() > 18 || !isDigits(length)) {
            throw new ProtocolViolation("Content-Length: " + lengths + " (expected: one number)");
        }
        return Long.parseLong(length);
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
