package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads text files: UTF-8 without a byte-order mark, within a bound. */
final class SourceText {

    private SourceText() {}

    /**
     * Reads a configuration file and makes its lines known; notes why it cannot be read.
     *
     * @return the text, or null
     */
    static @Nullable String read(Path file, String name, int mostBytes, Findings findings) {
        Position start = new Position(name, 1, 1);
        byte[] bytes;
        try {
            bytes = bytes(file, mostBytes);
        } catch (IOException unreadable) {
            findings.source(name, List.of());
            findings.error("unreadable-file", start, 1, reason(unreadable), "a readable file", null);
            return null;
        }
        if (bytes.length > mostBytes) {
            findings.source(name, List.of());
            findings.error(
                    "too-large", start, 1, "the file is too large", "at most " + (mostBytes >> 20) + " MiB", null);
            return null;
        }
        return decode(bytes, name, findings);
    }

    /**
     * The content of a small file.
     *
     * @throws IOException if it cannot be read, is no UTF-8, or is larger; also if it is no regular file, which may have no end, or let
     *     its reader wait
     */
    static String small(Path file, int mostBytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        byte[] bytes = bytes(file, mostBytes);
        if (bytes.length > mostBytes) {
            throw new IOException("larger than " + mostBytes + " bytes");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Why a file cannot be read, without what is in it. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "the file may not be read";
        }
        if (failure instanceof java.nio.charset.CharacterCodingException) {
            return "the file is not UTF-8";
        }
        return "the file cannot be read";
    }

    private static byte[] bytes(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(mostBytes + 1);
        }
    }

    private static @Nullable String decode(byte[] bytes, String name, Findings findings) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        String text = out.flip().toString();
        List<String> lines = lines(text);
        findings.source(name, lines);
        if (result.isError()) {
            String last = lines.get(lines.size() - 1);
            Position at = new Position(name, lines.size(), last.codePointCount(0, last.length()) + 1);
            findings.error("not-utf-8", at, 1, "the file is not UTF-8", "UTF-8", null);
            return null;
        }
        if (text.startsWith("\ufeff")) {
            Position at = new Position(name, 1, 1);
            findings.error(
                    "byte-order-mark", at, 1, "the file begins with a byte-order mark", "UTF-8 without one", null);
            return null;
        }
        return text;
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(from, i));
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        lines.add(text.substring(from));
        return lines;
    }
}
