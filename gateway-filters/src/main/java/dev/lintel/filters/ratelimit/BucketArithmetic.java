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
    public long capacity() {
        return capacity;
    }

    @Override
    public Moment moment(Clocks clocks) {
        return clocks.monotonic();
    }

    @Override
    public long fresh(Moment moment) {
        return moment.now() + missingAtFirst;
    }

    @Override
    public boolean has(long state, Moment moment, long cost) {
        return cost <= capacity && used(state, moment) + cost * interval <= full;
    }

    @Override
    public long take(long state, Moment moment, long cost) {
        return moment.now() + used(state, moment) + cost * interval;
    }

    @Override
    public long giveBack(long state, Moment moment, long cost) {
        return state - cost * interval;
    }

    @Override
    public long remaining(long state, Moment moment) {
        return (full - used(state, moment)) / interval;
    }

    @Override
    public long nanosUntil(long state, Moment moment, long cost) {
        return Math.max(0, used(state, moment) - full + Math.min(cost, capacity) * interval);
    }

    @Override
    public long forgettableAt(long state) {
        return state;
    }

    /** What has been used and not come back, in nanoseconds of refilling. */
    private long used(long state, Moment moment) {
        return Math.min(full, Math.max(0, state - moment.now()));
    }
}
