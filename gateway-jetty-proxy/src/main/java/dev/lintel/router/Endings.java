package dev.lintel.router;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is being ended on threads of its own, and what is going to be as soon as its last exchange lets go. Thread-safe. */
final class Endings {

    /** The longest that is waited for all of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long it may take a thread to let go that has nothing else left to do. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final @Nullable ClassLoader loader;
    private final Duration moment;
    private int expected;

    /**
     * @param loader that of the application, by which filters may look for what they need
     */
    Endings(@Nullable ClassLoader loader) {
        this(loader, MOMENT);
    }

    /**
     * @param moment how long is waited for what is expected
     */
    Endings(@Nullable ClassLoader loader, Duration moment) {
        this.loader = loader;
        this.moment = moment;
    }

    /** Says that something has to be ended, by whoever lets it go last. */
    synchronized void expect() {
        expected++;
    }

    /** Says that what was expected is being ended. */
    synchronized void begun() {
        expected--;
        notifyAll();
    }

    /** Runs {@code ending}, which was expected, on a thread of its own, which may wait. */
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
        begun();
    }

    /**
     * Waits until those that have begun have ended, at longest {@link #PATIENCE}, and a moment for those that are expected: an exchange
     * ends before the thread that served it lets go. An interrupt ends the wait and is kept.
     */
    void await() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            awaitExpected(System.nanoTime() + moment.toNanos());
            for (Thread thread : running) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitExpected(long end) throws InterruptedException {
        long left = end - System.nanoTime();
        while (expected > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }
}
