package dev.lintel.filters.jwt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds keys. Immutable and thread-safe.
 *
 * @param path where it is
 * @param text how it is read
 */
record KeyFile(Path path, KeyText text) {

    static final String RULE = "a readable file of at most 1MiB";

    private static final int MAX_BYTES = 1024 * 1024;

    /** What changes when the file is written to or replaced, also by a link to another. */
    record Version(FileTime modified, long size, @Nullable Object identity) {}

    /** The version of now. To be asked for before reading, so that a change in between is not missed. */
    Version version() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    /**
     * The keys of now.
     *
     * @throws IOException if the file cannot be read or is too large
     * @throws UnusableKey if it holds no key that may be used
     */
    KeySet read() throws IOException, UnusableKey {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("too large");
            }
            return KeySet.of(text.read(new String(bytes, StandardCharsets.UTF_8)));
        }
    }
}
