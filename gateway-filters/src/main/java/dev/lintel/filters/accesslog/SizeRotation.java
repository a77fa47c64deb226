package dev.lintel.filters.accesslog;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a file aside when it would grow beyond a size: {@code access.log.1} is the newest, {@code .2} the one before. */
final class SizeRotation implements Rotation {

    private final long maxSize;
    private final int keep;

    SizeRotation(long maxSize, int keep) {
        this.maxSize = maxSize;
        this.keep = keep;
    }

    @Override
    public boolean isDue(long size, int more) {
        return size > 0 && size + more > maxSize;
    }

    @Override
    public void putAside(Path file) throws IOException {
        // only up to the first gap, so that a rotation that failed half-way pushes nothing out when it is tried again
        int free = 1;
        while (free < keep && Files.exists(numbered(file, free))) {
            free++;
        }
        for (int i = free; i > 1; i--) {
            Files.move(numbered(file, i - 1), numbered(file, i), REPLACE_EXISTING);
        }
        Files.move(file, numbered(file, 1), REPLACE_EXISTING);
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
