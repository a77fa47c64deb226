package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.BlockAll;

/** Counts a limit that allows nothing: its buckets are always empty, and full as they will ever be. */
final class NothingArithmetic implements Arithmetic {

    private static final Moment ANY = new Moment(0, 0);

    private final long pause;

    NothingArithmetic(BlockAll limit) {
        this.pause = limit.window().toNanos();
    }

    @Override
    public long capacity() {
        return 0;
    }

    @Override
    public Moment moment(Clocks clocks) {
        return ANY;
    }

    @Override
    public long fresh(Moment moment) {
        return 0;
    }

    @Override
    public boolean has(long state, Moment moment, long cost) {
        return false;
    }

    @Override
    public long take(long state, Moment moment, long cost) {
        return state;
    }

    @Override
    public long giveBack(long state, Moment moment, long cost) {
        return state;
    }

    @Override
    public long remaining(long state, Moment moment) {
        return 0;
    }

    /** A time after which asking again is not a nuisance. */
    @Override
    public long nanosUntil(long state, Moment moment, long cost) {
        return pause;
    }

    @Override
    public long forgettableAt(long state) {
        return 0;
    }
}
