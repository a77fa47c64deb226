package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.SlidingWindow;

/**
 * Counts a sliding window in slices. While one slice lasts, the window can reach into sixteen before it, so seventeen are kept,
 * and all of them count: any stretch of the window's length lies within those that counted when the last of its units was taken.
 * The state is the number of the latest slice, the sum of all, and a ring of their counts, two to a word.
 */
final class SlidingArithmetic implements Arithmetic {

    private static final int KEPT = SlidingWindow.SLICES + 1;
    private static final int RING = 2;
    private static final int WORDS = RING + (KEPT + 1) / 2;
    private static final long COUNT = 0xffff_ffffL;

    private final long capacity;
    private final long slice;
    private final Monotonic monotonic = new Monotonic();

    SlidingArithmetic(SlidingWindow limit) {
        this.capacity = limit.capacity();
        // rounded up: sixteen slices are never shorter than the window
        this.slice = (limit.window().toNanos() + SlidingWindow.SLICES - 1) / SlidingWindow.SLICES;
    }

    @Override
    public int words() {
        return WORDS;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public long now(Clocks clocks) {
        return monotonic.since(clocks);
    }

    @Override
    public void fresh(long[] words, int at, long now) {
        for (int i = 0; i < WORDS; i++) {
            words[at + i] = 0;
        }
        words[at] = Math.floorDiv(now, slice);
    }

    @Override
    public boolean take(long[] words, int at, long now, long cost) {
        advance(words, at, now);
        if (cost > capacity - words[at + 1]) {
            return false;
        }
        add(words, at, words[at], cost);
        return true;
    }

    @Override
    public void giveBack(long[] words, int at, long now, long taken, long cost) {
        advance(words, at, now);
        long number = Math.floorDiv(taken, slice);
        if (number > words[at] - KEPT && number <= words[at]) {
            add(words, at, number, -Math.min(cost, count(words, at, number)));
        }
    }

    @Override
    public void owe(long[] words, int at, long now, long cost) {
        advance(words, at, now);
        add(words, at, words[at], Math.min(Math.min(cost, capacity), 2 * capacity - words[at + 1]));
    }

    @Override
    public long remaining(long[] words, int at, long now) {
        advance(words, at, now);
        return Math.max(0, capacity - words[at + 1]);
    }

    @Override
    public long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost) {
        advance(words, at, now);
        long missing = words[at + 1] + Math.min(cost, capacity) - capacity;
        long number = words[at] - KEPT;
        while (missing > 0) {
            number++;
            missing -= count(words, at, number);
        }
        return number == words[at] - KEPT ? 0 : Math.max(1, (number + KEPT) * slice - now);
    }

    @Override
    public long forgettableAt(long[] words, int at) {
        if (words[at + 1] == 0) {
            return words[at] * slice;
        }
        long number = words[at];
        while (count(words, at, number) == 0) {
            number--;
        }
        return (number + KEPT) * slice;
    }

    /** Drops the slices that are over everywhere in the window. A thread that is late finds a later slice, and counts there. */
    private void advance(long[] words, int at, long now) {
        long number = Math.floorDiv(now, slice);
        long from = Math.max(words[at], number - KEPT);
        for (long over = from + 1; over <= number; over++) {
            add(words, at, over, -count(words, at, over));
        }
        words[at] = Math.max(words[at], number);
    }

    private static long count(long[] words, int at, long number) {
        int place = Math.floorMod(number, KEPT);
        return words[at + RING + (place >> 1)] >>> ((place & 1) << 5) & COUNT;
    }

    private static void add(long[] words, int at, long number, long change) {
        int place = Math.floorMod(number, KEPT);
        words[at + RING + (place >> 1)] += change << ((place & 1) << 5);
        words[at + 1] += change;
    }
}
