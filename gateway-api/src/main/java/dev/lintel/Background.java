package dev.lintel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Threads for what is not done on a request's own: one that keeps time, and a few that work. They are daemons, begin when
 * there is something to do, end a second after there is nothing any more, and hold no web application in memory, as the timer
 * thread of {@link CompletableFuture#orTimeout} would do for the one that happened to use it first. Thread-safe.
 */
public final class Background {

    private static final int MOST_WORKERS = 4;
    private static final long IDLE_SECONDS = 1;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final ScheduledThreadPoolExecutor TIMER = timer();
    private static final ThreadPoolExecutor WORKERS = ending(new ThreadPoolExecutor(
            MOST_WORKERS,
            MOST_WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons("lintel-worker")));

    private Background() {}

    /** Runs what is given to it soon, on one of at most four threads. */
    public static Executor workers() {
        return WORKERS;
    }

    /**
     * Runs {@code action} on a worker once {@code wait} is over.
     *
     * @return by which it can be cancelled before; holds nothing then
     */
    public static Future<?> after(Duration wait, Runnable action) {
        return TIMER.schedule(() -> WORKERS.execute(action), nanos(wait), TimeUnit.NANOSECONDS);
    }

    /** A copy of {@code future} that fails by a {@link TimeoutException} when it is not done within {@code limit}. */
    public static <T> CompletableFuture<T> within(Duration limit, CompletableFuture<T> future) {
        CompletableFuture<T> bounded = future.copy();
        if (!bounded.isDone()) {
            Future<?> end = TIMER.schedule(
                    () -> bounded.completeExceptionally(new TimeoutException()), nanos(limit), TimeUnit.NANOSECONDS);
            var unused = bounded.whenComplete((value, failure) -> end.cancel(false));
        }
        return bounded;
    }

    /** What {@code action} makes, such that threads which it begins do not hold the calling application in memory. */
    public static <T> T detached(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("lintel-timer"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.setRemoveOnCancelPolicy(true);
        return ending(timer);
    }

    private static <T extends ThreadPoolExecutor> T ending(T pool) {
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            // else it would have that of whoever came first, and a container would miss it when that is undeployed
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            return thread;
        };
    }
}
