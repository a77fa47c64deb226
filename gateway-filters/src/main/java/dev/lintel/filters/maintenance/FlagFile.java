package dev.lintel.filters.maintenance;

import dev.lintel.Background;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Whether a file exists, looked up in the background once a second; requests use what was seen last. Thread-safe. */
final class FlagFile {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path path;
    private volatile boolean exists;
    private boolean running;
    private @Nullable Future<?> planned;

    FlagFile(Path path) {
        this.path = path;
    }

    /** Looks now, and then again and again. */
    void start() {
        synchronized (this) {
            running = true;
        }
        look();
    }

    synchronized void stop() {
        running = false;
        if (planned != null) {
            planned.cancel(false);
            planned = null;
        }
    }

    boolean exists() {
        return exists;
    }

    private void look() {
        // outside the lock: a file system may be slow, and stopping must not wait for it
        exists = Files.exists(path);
        synchronized (this) {
            if (running) {
                planned = Background.after(INTERVAL, this::look);
            }
        }
    }
}
