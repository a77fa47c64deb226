package dev.lintel.proxy;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings together the one who waits for something and the one who tells that it may be there, whoever comes first. A telling
 * without anybody waiting is kept, once, for the next who does. Thread-safe.
 */
final class Handover {

    private enum Mark implements Runnable {
        TOLD;

        @Override
        public void run() {
            // only a mark
        }
    }

    private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();

    /** Runs a task, here if it has been told already, else on the thread that tells. */
    void await(Runnable task) {
        if (!waiting.compareAndSet(null, task)) {
            waiting.set(null);
            task.run();
        }
    }

    /** Tells. */
    void tell() {
        Runnable waiter = waiting.getAndUpdate(before -> before == null || before == Mark.TOLD ? Mark.TOLD : null);
        if (waiter != null && waiter != Mark.TOLD) {
            waiter.run();
        }
    }

    /** Whether somebody waits. */
    boolean isAwaited() {
        Runnable waiter = waiting.get();
        return waiter != null && waiter != Mark.TOLD;
    }

    /** Forgets who waits and what was told. */
    void reset() {
        waiting.set(null);
    }
}
