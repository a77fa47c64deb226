package dev.lintel.router;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is being ended on threads of its own. Thread-safe. */
final class Endings {

    /** The longest that is waited for all of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final @Nullable ClassLoader loader;

    /**
     * @param loader that of the application, by which filters may look for what they need
     */
    Endings(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** Runs {@code ending} on a thread of its own, which may wait. */
    void begin(Runnable ending) {
        Runnable counted = () -> {
            try {
                ending.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        };
        Thread thread = new Thread(null, counted, "lintel-end", 0, false);
        thread.setContextClassLoader(loader);
        running.add(thread);
        thread.start();
    }

    /** Waits until those that have begun have ended, at longest {@link #PATIENCE}; an interrupt ends the wait and is kept. */
    void await() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : running) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
