package dev.lintel.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends calls that take too long. All have the same time, so that they end in the order in which they began, and one timer is enough
 * for all. Thread-safe.
 */
final class Deadlines {

    /** A call that can end. */
    interface Call {

        /** Whether it has ended. */
        boolean isDone();

        /** When it is to end, by {@link System#nanoTime}. */
        long due();

        /** Ends it, on the timer's thread. */
        void expire();
    }

    private final ScheduledExecutorService timer;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Deadlines(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    void watch(Call call) {
        calls.add(call);
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            schedule(call.due());
        }
    }

    private void schedule(long due) {
        if (!timer.isShutdown()) {
            var unused = timer.schedule(this::sweep, Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        while (true) {
            Call first = calls.peek();
            if (first == null) {
                scheduled.set(false);
                // one that came in between sees that nobody is scheduled, or is seen here
                Call late = calls.peek();
                if (late != null && scheduled.compareAndSet(false, true)) {
                    schedule(late.due());
                }
                return;
            }
            if (!first.isDone()) {
                if (first.due() - System.nanoTime() > 0) {
                    schedule(first.due());
                    return;
                }
                first.expire();
            }
            // not whatever is first by now, since others may have ended calls meanwhile
            calls.remove(first);
        }
    }

    /** Ends all, however long they have. */
    void expireAll() {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            if (!call.isDone()) {
                call.expire();
            }
        }
    }
}
