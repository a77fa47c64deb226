package dev.lintel.config.bind;

import dev.lintel.config.tree.ScalarNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that holds a digest and nothing else. */
final class DigestFile {

    private static final int MOST = 1024;

    private DigestFile() {}

    /** Its text, without white space around it; null if it cannot be read, which is noted. */
    static @Nullable String read(Scope scope, ScalarNode path) {
        try {
            Path file = scope.resolve(path.text());
            scope.reads(file);
            if (!Files.isRegularFile(file)) {
                throw new IOException("missing, or one that may let its reader wait");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return new String(in.readNBytes(MOST), StandardCharsets.US_ASCII).strip();
            }
        } catch (IOException | InvalidPathException unreadable) {
            scope.error("unreadable-file", path, "apiKeySha256File: " + path.shown(), "a readable file");
            return null;
        }
    }
}
