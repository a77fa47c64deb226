package dev.lintel.https;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changes when a file is written to, replaced, or when a link on the way to it leads elsewhere. Immutable and thread-safe.
 *
 * @param stamps one for each file, in their order
 */
record FileStamps(List<Stamp> stamps) {

    /**
     * One file; all null if it cannot be looked at.
     *
     * @param identity what the file system knows it by
     * @param real where all links lead to
     */
    record Stamp(
            @Nullable FileTime modified,
            long size,
            @Nullable Object identity,
            @Nullable Path real) {}

    /** Those of now. To be asked for before reading, so that a change in between is not missed. */
    static FileStamps of(List<Path> files) {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            stamps.add(stamp(file));
        }
        return new FileStamps(List.copyOf(stamps));
    }

    private static Stamp stamp(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), real);
        } catch (IOException unreadable) {
            return new Stamp(null, -1, null, null);
        }
    }
}
