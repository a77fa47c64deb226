package dev.lintel.tls;

import dev.lintel.option.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks of a PEM file (RFC 7468), text between them ignored. */
final class PemFile {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private PemFile() {}

    /**
     * A block.
     *
     * @param label what it says it is, such as {@code CERTIFICATE}
     * @param encrypted whether it is encrypted in the way of RFC 1421 ({@code Proc-Type: 4,ENCRYPTED}); then nothing is decoded
     * @param content the bytes; empty if they are not Base64
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Block(String label, boolean encrypted, byte[] content) {

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * Reads a file.
     *
     * @param option what the file is for, in messages
     * @return its blocks, possibly none; null if it cannot be read, which is noted
     */
    static @Nullable List<Block> read(Path file, String option, Problems problems) {
        String text = text(file, option, problems);
        return text == null ? null : blocks(text);
    }

    /** The text of a file; null if it cannot be read, which is noted. */
    static @Nullable String text(Path file, String option, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(option, file, "a file that can be read; this is a directory");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                problems.add(option, file, "a file of at most 1MiB");
                return null;
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            problems.add(option, file, "a file that can be read");
            return null;
        }
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            if (labelEnd < 0) {
                break;
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + DASHES, labelEnd);
            if (end < 0) {
                break;
            }
            blocks.add(block(label, text.substring(labelEnd + DASHES.length(), end)));
            at = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static Block block(String label, String body) {
        if (body.contains("Proc-Type:")) {
            return new Block(label, true, new byte[0]);
        }
        try {
            String base64 = body.replaceAll("\\s", "");
            return new Block(label, false, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException malformed) {
            return new Block(label, false, new byte[0]);
        }
    }
}
