package dev.lintel.loop;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Looks now and then whether a turn of a loop takes too long, which holds all connections of its thread up. Thread-safe. */
public final class HoldUps extends AbstractLifeCycle {

    private final Scheduler scheduler;
    private final long longestNanos;
    private final Listener listener;
    private final Map<ManagedSelector, Watch> watches = new ConcurrentHashMap<>();
    private volatile Scheduler.@Nullable Task next;

    /** Told once of each turn that takes too long. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Takes what is known.
         *
         * @param nanos how long the turn has taken so far
         * @param stack what its thread is doing, the innermost call first
         */
        void heldUp(long nanos, StackTraceElement[] stack);
    }

    /**
     * Makes a watch.
     *
     * @param longest how long a turn may take; it is noticed after half as long again at the latest
     */
    public HoldUps(Scheduler scheduler, Duration longest, Listener listener) {
        this.scheduler = scheduler;
        this.longestNanos = longest.toNanos();
        this.listener = listener;
    }

    Watch of(ManagedSelector selector) {
        return watches.computeIfAbsent(selector, unknown -> new Watch());
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
        watches.clear();
    }

    private void schedule() {
        next = scheduler.schedule(this::look, Math.max(1, longestNanos / 2_000_000), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        try {
            for (Watch watch : watches.values()) {
                watch.look(System.nanoTime(), longestNanos, listener);
            }
        } finally {
            schedule();
        }
    }

    /** The turns of one selector, one after the other. */
    static final class Watch {

        private volatile @Nullable Thread thread;
        private volatile long since;
        /** The looker's own. */
        private long told;

        void begins() {
            since = System.nanoTime();
            thread = Thread.currentThread();
        }

        void ends() {
            thread = null;
        }

        private void look(long now, long longest, Listener listener) {
            Thread taking = thread;
            long began = since;
            if (taking == null || now - began <= longest || began == told) {
                return;
            }
            StackTraceElement[] stack = taking.getStackTrace();
            if (thread == taking && since == began) {
                told = began;
                listener.heldUp(now - began, stack);
            }
        }
    }
}
