package dev.lintel.filters.jwt;

import dev.lintel.Background;
import java.time.Duration;
import java.util.concurrent.Future;

/** Runs something later; injected so that tests decide when later is. */
@FunctionalInterface
interface Delay {

    /** Uses threads that end by themselves when nothing is planned; holds nothing once cancelled. */
    Delay BACKGROUND = (wait, action) -> {
        Future<?> planned = Background.after(wait, action);
        return () -> planned.cancel(false);
    };

    /** Takes back what was planned; does nothing once it has run. */
    @FunctionalInterface
    interface Planned {
        void cancel();
    }

    Planned after(Duration wait, Runnable action);
}
