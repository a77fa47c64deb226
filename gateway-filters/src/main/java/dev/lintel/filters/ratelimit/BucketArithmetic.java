package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.TokenBucket;

/**
 * Counts a token bucket. The state is the moment at which the bucket will be full again (the theoretical arrival time of the
 * generic cell rate algorithm, ITU-T I.371): taking units moves it on, time passing refills without anything being written.
 */
final class BucketArithmetic implements Arithmetic {

    private final long capacity;
    private final long interval;
    private final long full;
    private final long missingAtFirst;

    BucketArithmetic(TokenBucket limit) {
        this.capacity = limit.capacity();
        this.interval = limit.interval().toNanos();
        this.full = capacity * interval;
        this.missingAtFirst = (capacity - limit.initial()) * interval;
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public long now(Clocks clocks) {
        return clocks.nanos();
    }

    @Override
    public void fresh(long[] words, int at, long now) {
        words[at] = now + missingAtFirst;
    }

    @Override
    public boolean take(long[] words, int at, long now, long cost) {
        long used = used(words[at], now);
        if (cost > capacity || used + cost * interval > full) {
            return false;
        }
        words[at] = now + used + cost * interval;
        return true;
    }

    @Override
    public void giveBack(long[] words, int at, long now, long taken, long cost) {
        words[at] -= Math.max(0, cost * interval - Math.max(0, now - taken));
    }

    @Override
    public void owe(long[] words, int at, long now, long cost) {
        words[at] = now + Math.min(2 * full, used(words[at], now) + Math.min(cost, capacity) * interval);
    }

    @Override
    public long remaining(long[] words, int at, long now) {
        return Math.max(0, full - used(words[at], now)) / interval;
    }

    @Override
    public long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost) {
        return Math.max(0, used(words[at], now) - full + Math.min(cost, capacity) * interval);
    }

    @Override
    public long forgettableAt(long[] words, int at) {
        return words[at];
    }

    /** What has been used and not come back, in nanoseconds of refilling. */
    private long used(long state, long now) {
        return Math.min(2 * full, Math.max(0, state - now));
    }
}
