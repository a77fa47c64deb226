package dev.lintel.config.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what it is told that a file or a folder has changed: where its name leads by links, which file that is, its time and size; of a
 * folder the names in it. A file that is written in place, replaced by another, or reached through a link that now leads elsewhere
 * has another stamp each time.
 */
record FileStamp(
        @Nullable Path real, @Nullable Object key, @Nullable FileTime time, long size, List<String> names) {

    private static final FileStamp MISSING = new FileStamp(null, null, null, -1, List.of());
    private static final int MOST_NAMES = 10_000;

    static FileStamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            boolean folder = attributes.isDirectory();
            return new FileStamp(
                    path.toRealPath(),
                    attributes.fileKey(),
                    // the time of a folder changes with each temporary file of an editor
                    folder ? null : attributes.lastModifiedTime(),
                    folder ? 0 : attributes.size(),
                    folder ? names(path) : List.of());
        } catch (IOException | SecurityException missing) {
            return MISSING;
        }
    }

    static Map<Path, FileStamp> of(Collection<Path> paths) {
        Map<Path, FileStamp> stamps = new TreeMap<>();
        paths.forEach(path -> stamps.put(path, of(path)));
        return stamps;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.limit(MOST_NAMES)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }
}
