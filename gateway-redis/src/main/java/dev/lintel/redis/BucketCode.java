package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.RateLimit.TokenBucket;

/** A token bucket: the script answers by what is used, in microseconds and nanoseconds of refilling. */
final class BucketCode extends LimitCode {

    private static final long MICRO = 1_000;

    private final long capacity;
    private final long interval;
    private final long full;
    private final String[] numbers;

    BucketCode(TokenBucket limit) {
        super(limit, "b");
        this.capacity = limit.capacity();
        this.interval = limit.interval().toNanos();
        this.full = capacity * interval;
        this.numbers = new String[] {
            Long.toString(interval / MICRO),
            Long.toString(interval % MICRO),
            Long.toString(full / MICRO),
            Long.toString(full % MICRO),
            Long.toString(capacity - limit.initial())
        };
    }

    @Override
    void numbers(String[] arguments, int at, Time time) {
        System.arraycopy(numbers, 0, arguments, at, NUMBERS);
    }

    @Override
    long remaining(long x, long y) {
        return (full - used(x, y)) / interval;
    }

    @Override
    long nanosUntil(long x, long y, long cost) {
        return Math.max(0, used(x, y) - full + Math.min(cost, capacity) * interval);
    }

    private static long used(long x, long y) {
        return x * MICRO + y;
    }
}
