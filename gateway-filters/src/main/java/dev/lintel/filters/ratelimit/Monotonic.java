package dev.lintel.filters.ratelimit;

import org.jspecify.annotations.Nullable;

/** Counts nanoseconds from the first time it is asked, so that what is divided by a length does not overflow. Thread-safe. */
final class Monotonic {

    private volatile @Nullable Long first;

    /** Nanoseconds since the first; below zero for who looked at the clock before whoever came first. */
    long since(Clocks clocks) {
        Long start = first;
        return clocks.nanos() - (start == null ? begin(clocks.nanos()) : start);
    }

    private synchronized long begin(long nanos) {
        Long start = first;
        if (start == null) {
            start = nanos;
            first = start;
        }
        return start;
    }
}
