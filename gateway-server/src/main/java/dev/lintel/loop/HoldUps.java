package dev.lintel.loop;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Looks now and then whether a turn of a loop takes too long, which holds all connections of its thread up. Thread-safe. */
public final class HoldUps extends Sweep {

    private final long longestNanos;
    private final Listener listener;
    private final Map<ManagedSelector, Watch> watches = new ConcurrentHashMap<>();

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
        super(scheduler, Math.max(1, longest.toNanos() / 2_000_000));
        this.longestNanos = longest.toNanos();
        this.listener = listener;
    }

    Watch of(ManagedSelector selector) {
        return watches.computeIfAbsent(selector, unknown -> new Watch());
    }

    @Override
    protected void doStop() {
        super.doStop();
        watches.clear();
    }

    @Override
    protected void look() {
        for (Watch watch : watches.values()) {
            watch.look(System.nanoTime(), longestNanos, listener);
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
