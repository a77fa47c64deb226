package dev.lintel.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether any of the files has changed that a gateway was read from, included and referred ones too, and tells
 * so: whether one was written, replaced, touched, renamed, deleted or reached by another symbolic link, as in mounted ConfigMaps.
 * Files are compared by what they are, not by events, which network and mounted file systems do not have. Told is told once for each
 * change, when files have kept still for one turn, so that a file half written is not read. Thread-safe; has one daemon thread.
 */
public final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final ScheduledExecutorService turns;
    private final Runnable changed;
    private volatile Set<Path> files;
    private Map<Path, String> seen;
    private Map<Path, String> told;

    private FileWatch(Set<Path> files, Runnable changed) {
        this.files = Set.copyOf(files);
        this.changed = requireNonNull(changed, "changed");
        this.seen = prints();
        this.told = seen;
        this.turns = Executors.newSingleThreadScheduledExecutor(turn -> {
            Thread thread = new Thread(turn, "lintel-file-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to watch.
     *
     * @param files {@link LoadedGateway#files()}
     * @param every how often to look, at least 10 ms; a change is told after one to two times that
     * @param changed called on the watch's thread, never twice at once; what it throws is logged
     */
    public static FileWatch of(Set<Path> files, Duration every, Runnable changed) {
        if (every.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("every: " + every + " (expected: at least 10 ms)");
        }
        FileWatch watch = new FileWatch(files, changed);
        var unused = watch.turns.scheduleWithFixedDelay(
                watch::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Watches these files from now on, as after a file was read anew that includes others. */
    public void follow(Set<Path> others) {
        files = Set.copyOf(others);
    }

    /** Ends the watch; what is being told is waited for no longer than a second. */
    @Override
    public void close() {
        turns.shutdownNow();
        try {
            if (!turns.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("what was told of a change goes on (expected: an end within a second)");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Map<Path, String> now = prints();
            boolean still = now.equals(seen);
            seen = now;
            if (still && !now.equals(told)) {
                told = now;
                changed.run();
            }
        } catch (RuntimeException failed) {
            // whoever reloads has logged the reason, and the next change is another chance
            LOG.warn(
                    "a change of the configuration had no effect: {}",
                    failed.getClass().getSimpleName());
        }
    }

    private Map<Path, String> prints() {
        Map<Path, String> prints = new TreeMap<>();
        for (Path file : files) {
            prints.put(file, print(file));
        }
        return prints;
    }

    private static String print(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            String contents = attributes.isDirectory() ? names(real) : String.valueOf(attributes.size());
            return real + " " + attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + contents;
        } catch (IOException gone) {
            return "gone";
        }
    }

    /** The files of a folder; their own changes are seen at each, since those that are included are watched. */
    private static String names(Path folder) throws IOException {
        StringBuilder names = new StringBuilder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.append(entry.getFileName()).append('/');
            }
        }
        return names.toString();
    }
}
