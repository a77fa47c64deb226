package dev.lintel.config.reload;

import static java.util.Objects.requireNonNull;

import dev.lintel.Background;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files now and then, and tells when one has changed and keeps still: written in place, replaced by another (as editors do),
 * or behind a link that leads elsewhere now (as Kubernetes does with mounted configuration). Thread-safe.
 *
 * <p>It looks, rather than being told by the file system: that works on every kind, mounted ones too.
 */
public final class FileWatch implements AutoCloseable {

    /** How often files are looked at. A change is told when it is seen by two looks that are the same. */
    public static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Supplier<Set<Path>> files;
    private final Runnable changed;
    private Map<Path, FileStamp> known = Map.of();
    private Map<Path, FileStamp> before = Map.of();
    private @Nullable Future<?> next;
    private boolean closed;

    private FileWatch(Supplier<Set<Path>> files, Runnable changed) {
        this.files = requireNonNull(files, "files");
        this.changed = requireNonNull(changed, "changed");
    }

    /**
     * Begins to look.
     *
     * @param files what to look at, asked for each time; folders as well, of which names that end in {@code .yaml} or {@code .yml} count
     * @param changed runs on a thread that may wait, never twice at once; what it throws is logged
     */
    public static FileWatch start(Supplier<Set<Path>> files, Runnable changed) {
        FileWatch watch = new FileWatch(files, changed);
        synchronized (watch) {
            watch.known = FileStamp.of(files.get());
            watch.before = watch.known;
            watch.plan();
        }
        return watch;
    }

    /** One that looks at nothing. */
    public static FileWatch none() {
        FileWatch none = new FileWatch(Set::of, () -> {});
        none.close();
        return none;
    }

    private void plan() {
        next = Background.after(INTERVAL, this::look);
    }

    private void look() {
        boolean tell;
        synchronized (this) {
            if (closed) {
                return;
            }
            Map<Path, FileStamp> now = FileStamp.of(files.get());
            tell = !now.equals(known) && now.equals(before);
            before = now;
            if (tell) {
                known = now;
            }
        }
        try {
            if (tell) {
                changed.run();
            }
        } catch (RuntimeException | Error failed) {
            LOG.error("a change of files could not be followed", failed);
        } finally {
            synchronized (this) {
                if (tell) {
                    follow();
                }
                if (!closed) {
                    plan();
                }
            }
        }
    }

    /** There may be other files to look at since; those are known as they are, the others as they were when they were told of. */
    private void follow() {
        Map<Path, FileStamp> now = FileStamp.of(files.get());
        Map<Path, FileStamp> told = known;
        now.replaceAll((path, stamp) -> told.getOrDefault(path, stamp));
        known = now;
    }

    /** Looks no more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    /** How many files are looked at. */
    @Override
    public synchronized String toString() {
        return closed ? "no file is watched" : known.size() + " files and folders are watched";
    }
}
