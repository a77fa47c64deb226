package dev.lintel.testing;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends a blocking write that takes too long, by closing its socket. Its one daemon thread ends when idle. */
final class Watchdog implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final ScheduledFuture<?> expiry;
    private volatile boolean expired;

    private Watchdog(Duration limit, Runnable action) {
        this.expiry = TIMER.schedule(
                () -> {
                    expired = true;
                    action.run();
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Runs {@code action} unless closed within {@code limit}. */
    static Watchdog after(Duration limit, Runnable action) {
        return new Watchdog(limit, action);
    }

    boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        expiry.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "fixtures-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }
}
