package dev.lintel.filters.jwt;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of a file, read again when the file has changed. Looks in the background; requests use the keys at hand. What cannot
 * be used changes nothing and is told once. Thread-safe.
 */
final class FileKeys implements KeySource {

    /** How long a change may go unnoticed. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(FileKeys.class);

    /* The lock orders looks, starting and closing; it is held while the file is read, which no request waits for. */
    private final Object lock = new Object();
    private final KeyFile file;
    private final Delay delay;
    private final Consumer<KeySet> listener;
    private volatile KeySet keys;
    private KeyFile.Version seen;
    private boolean unreadable;
    private boolean running;
    private Delay.@Nullable Planned planned;

    /**
     * @param seen the version of the file that {@code keys} were read from, or an earlier one
     * @param listener called with every set that differs from the one before
     */
    FileKeys(KeyFile file, KeyFile.Version seen, KeySet keys, Delay delay, Consumer<KeySet> listener) {
        this.file = file;
        this.seen = seen;
        this.keys = keys;
        this.delay = delay;
        this.listener = listener;
    }

    /** Begins to look for changes. */
    void start() {
        synchronized (lock) {
            running = true;
            plan();
        }
    }

    /** Looks no more; the keys stay. */
    void close() {
        synchronized (lock) {
            running = false;
            cancelPlanned();
        }
    }

    @Override
    public KeySet keys() {
        return keys;
    }

    @Override
    public @Nullable CompletableFuture<Boolean> renewal(@Nullable KeySet seen) {
        return null;
    }

    private void look() {
        synchronized (lock) {
            if (!running) {
                return;
            }
            try {
                readIfChanged();
                unreadable = false;
            } catch (IOException e) {
                if (!unreadable) {
                    keep(KeyFile.RULE);
                }
                unreadable = true;
            } finally {
                plan();
            }
        }
    }

    private void readIfChanged() throws IOException {
        KeyFile.Version now = file.version();
        if (now.equals(seen)) {
            return;
        }
        try {
            adopt(file.read());
        } catch (UnusableKey e) {
            keep(e.rule());
        }
        // not before it was read: what cannot be read now may be later
        seen = now;
    }

    private void adopt(KeySet read) {
        if (read.equals(keys)) {
            return;
        }
        KeySet changed = read.reusing(keys);
        keys = changed;
        LOG.info("{}: {} keys", file.path(), changed.size());
        listener.accept(changed);
    }

    private void keep(String rule) {
        LOG.warn("{}: not usable, its keys from before are kept (expected: {})", file.path(), rule);
    }

    private void plan() {
        cancelPlanned();
        planned = delay.after(CHECK_INTERVAL, this::look);
    }

    private void cancelPlanned() {
        if (planned != null) {
            planned.cancel();
            planned = null;
        }
    }
}
