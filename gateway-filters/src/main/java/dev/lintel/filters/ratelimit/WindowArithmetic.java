package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.FixedWindow;

/** Counts a fixed window. The state is the number of the window in the high and what was used in it in the low half. */
final class WindowArithmetic implements Arithmetic {

    private static final long COUNT = 0xffff_ffffL;

    private final long capacity;
    private final long offset;
    private final WindowClock clock;

    WindowArithmetic(FixedWindow limit) {
        this.capacity = limit.capacity();
        this.offset = limit.offset();
        this.clock = new WindowClock(limit.period());
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
        return clock.number(clocks);
    }

    @Override
    public void fresh(long[] words, int at, long now) {
        words[at] = fresh(now);
    }

    @Override
    public boolean take(long[] words, int at, long now, long cost) {
        long state = current(words[at], now);
        if (cost > capacity - (state & COUNT)) {
            return false;
        }
        words[at] = state + cost;
        return true;
    }

    @Override
    public void giveBack(long[] words, int at, long now, long taken, long cost) {
        // what was taken in a window that is over needs not be put back
        if (words[at] >> 32 == taken) {
            words[at] -= Math.min(cost, words[at] & COUNT);
        }
    }

    @Override
    public void owe(long[] words, int at, long now, long cost) {
        long state = current(words[at], now);
        words[at] = state + Math.min(Math.min(cost, capacity), 2 * capacity - (state & COUNT));
    }

    @Override
    public long remaining(long[] words, int at, long now) {
        return Math.max(0, capacity - (current(words[at], now) & COUNT));
    }

    @Override
    public long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost) {
        return cost <= remaining(words, at, now) ? 0 : clock.nanosLeft(clocks);
    }

    @Override
    public long forgettableAt(long[] words, int at) {
        return (words[at] >> 32) + ((words[at] & COUNT) == 0 ? 0 : 1);
    }

    private long fresh(long window) {
        return (window << 32) + (window == WindowClock.FIRST ? offset : 0);
    }

    /** The state in the current window, or in a later one that another thread has seen already. */
    private long current(long state, long now) {
        return state >> 32 < now ? fresh(now) : state;
    }
}
