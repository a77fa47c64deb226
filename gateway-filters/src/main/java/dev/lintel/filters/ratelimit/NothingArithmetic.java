package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.BlockAll;

/** Counts a limit that allows nothing: its buckets are always empty, and full as they will ever be. */
final class NothingArithmetic implements Arithmetic {

    private final long pause;

    NothingArithmetic(BlockAll limit) {
        this.pause = limit.window().toNanos();
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public long capacity() {
        return 0;
    }

    @Override
    public long now(Clocks clocks) {
        return 0;
    }

    @Override
    public void fresh(long[] words, int at, long now) {
        words[at] = 0;
    }

    @Override
    public boolean take(long[] words, int at, long now, long cost) {
        return false;
    }

    @Override
    public void giveBack(long[] words, int at, long now, long taken, long cost) {
        // nothing was taken
    }

    @Override
    public void owe(long[] words, int at, long now, long cost) {
        // nothing can be
    }

    @Override
    public long remaining(long[] words, int at, long now) {
        return 0;
    }

    /** A time after which asking again is not a nuisance. */
    @Override
    public long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost) {
        return pause;
    }

    @Override
    public long forgettableAt(long[] words, int at) {
        return 0;
    }
}
