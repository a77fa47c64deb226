package dev.lintel.filters.jwt;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs something later; injected so that tests decide when later is. */
@FunctionalInterface
interface Delay {

    /** Uses the one timer thread that the JDK keeps for all futures of the process; holds nothing once cancelled. */
    Delay JDK = (wait, action) -> {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        // Async: the timer thread is everybody's and must not be kept busy.
        CompletableFuture<Void> done = timer.thenRunAsync(action);
        timer.completeOnTimeout(null, wait.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            done.cancel(false);
            timer.cancel(false);
        };
    };

    /** Takes back what was planned; does nothing once it has run. */
    @FunctionalInterface
    interface Planned {
        void cancel();
    }

    Planned after(Duration wait, Runnable action);
}
