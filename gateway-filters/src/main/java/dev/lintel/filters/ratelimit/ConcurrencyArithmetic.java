package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.Concurrency;

/** Counts permits that are held. The state is how many are. */
final class ConcurrencyArithmetic implements Arithmetic {

    private final long capacity;

    ConcurrencyArithmetic(Concurrency limit) {
        this.capacity = limit.capacity();
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
        return 0;
    }

    @Override
    public void fresh(long[] words, int at, long now) {
        words[at] = 0;
    }

    @Override
    public boolean take(long[] words, int at, long now, long cost) {
        if (cost > capacity - words[at]) {
            return false;
        }
        words[at] += cost;
        return true;
    }

    @Override
    public void giveBack(long[] words, int at, long now, long taken, long cost) {
        words[at] = Math.max(0, words[at] - cost);
    }

    /** What is held is not owed. */
    @Override
    public void owe(long[] words, int at, long now, long cost) {
        // a request holds what it was granted, whatever it cost
    }

    @Override
    public long remaining(long[] words, int at, long now) {
        return capacity - words[at];
    }

    /** Nobody knows. */
    @Override
    public long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost) {
        return 0;
    }

    @Override
    public long forgettableAt(long[] words, int at) {
        return words[at] == 0 ? 0 : FAR;
    }
}
