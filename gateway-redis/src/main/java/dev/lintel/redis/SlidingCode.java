package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.RateLimit.SlidingWindow;

/** A sliding window: the script answers by what is used, and the microseconds until enough of it comes back. */
final class SlidingCode extends LimitCode {

    private static final long MICRO = 1_000;

    private final SlidingWindow limit;
    private final String slice;

    SlidingCode(SlidingWindow limit) {
        super(limit, "s");
        this.limit = limit;
        // rounded up, so that a window is never shorter than it says
        long nanos = up(limit.window().toNanos(), SlidingWindow.SLICES);
        this.slice = Long.toString(up(nanos, MICRO));
    }

    @Override
    void numbers(String[] arguments, int at, Time time) {
        arguments[at] = Long.toString(limit.capacity());
        arguments[at + 1] = slice;
        arguments[at + 2] = Integer.toString(SlidingWindow.SLICES + 1);
    }

    @Override
    long remaining(long x, long y) {
        return limit.capacity() - x;
    }

    @Override
    long nanosUntil(long x, long y, long cost) {
        return cost <= remaining(x, y) ? 0 : Math.max(1, y * MICRO);
    }

    @Override
    long nanosToWait(long x, long y, long z, long cost) {
        return z * MICRO;
    }
}
