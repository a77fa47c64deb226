package dev.lintel;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Both clocks, injected so that tests can move them. Immutable; thread-safe if the sources are.
 *
 * @param wall the time of day, for tokens, logs and calendar windows; may step
 * @param nanos a monotonic count of nanoseconds, for durations and buckets; never steps
 */
public record Time(InstantSource wall, LongSupplier nanos) {

    private static final Time SYSTEM = new Time(InstantSource.system(), System::nanoTime);

    /** Checks that no part is null. */
    public Time {
        requireNonNull(wall, "wall");
        requireNonNull(nanos, "nanos");
    }

    /** The machine's own clocks. */
    public static Time system() {
        return SYSTEM;
    }
}
