package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit.LeakyBucket;

/**
 * Counts a leaky bucket as nginx's {@code limit_req} does, in thousandths of a request and milliseconds, rounding where that
 * rounds. The state is the excess at the last request, and when that was. A bucket that was never used is a whole request below
 * empty, which is what makes the first one free.
 */
final class LeakyArithmetic implements Arithmetic {

    private static final long ONE = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long rate;
    private final long burst;
    private final long delay;
    private final Monotonic monotonic = new Monotonic();

    LeakyArithmetic(LeakyBucket limit) {
        this.rate = limit.thousandthsPerSecond();
        this.burst = limit.burst() * ONE;
        this.delay = limit.delay() * ONE;
    }

    @Override
    public int words() {
        return 2;
    }

    @Override
    public long capacity() {
        return burst / ONE + 1;
    }

    /** Milliseconds. */
    @Override
    public long now(Clocks clocks) {
        return Math.floorDiv(monotonic.since(clocks), NANOS_PER_MILLI);
    }

    @Override
    public void fresh(long[] words, int at, long now) {
        words[at] = -ONE;
        words[at + 1] = now;
    }

    @Override
    public boolean take(long[] words, int at, long now, long cost) {
        if (cost > capacity()) {
            return false;
        }
        long excess = left(words, at, now) + cost * ONE;
        if (excess > burst) {
            return false;
        }
        write(words, at, now, excess);
        return true;
    }

    /** May leave the bucket below empty, as it was before the first request. */
    @Override
    public void giveBack(long[] words, int at, long now, long taken, long cost) {
        long leaked = leaked(Math.max(0, now - taken));
        words[at] = Math.max(-ONE, words[at] - Math.max(0, cost * ONE - leaked));
    }

    @Override
    public void owe(long[] words, int at, long now, long cost) {
        long owed = left(words, at, now) + Math.min(cost, capacity()) * ONE;
        write(words, at, now, Math.min(owed, 2 * (burst + ONE)));
    }

    @Override
    public long remaining(long[] words, int at, long now) {
        return Math.max(0, burst - left(words, at, now)) / ONE;
    }

    @Override
    public long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost) {
        long beyond = words[at] + Math.min(cost, capacity()) * ONE - burst;
        if (beyond <= 0) {
            return 0;
        }
        long millis = words[at + 1] + ceilDiv(beyond * 1_000, rate) - now;
        // a part of the current millisecond may be over already
        return Math.max(0, millis) * NANOS_PER_MILLI;
    }

    @Override
    public long delayMillis(long[] words, int at) {
        return words[at] <= delay ? 0 : (words[at] - delay) * 1_000 / rate;
    }

    @Override
    public long forgettableAt(long[] words, int at) {
        return words[at + 1] + Math.max(0, ceilDiv((words[at] + ONE) * 1_000, rate));
    }

    /** What is left of the excess by now: never so little that more than one request were free. */
    private long left(long[] words, int at, long now) {
        return Math.max(-ONE, words[at] - leaked(Math.max(0, now - words[at + 1])));
    }

    private long leaked(long millis) {
        // beyond this the bucket is empty whatever it held, and the product would overflow
        return millis > Integer.MAX_VALUE ? FAR : rate * millis / 1_000;
    }

    private static void write(long[] words, int at, long now, long excess) {
        words[at] = excess;
        // a thread that is late does not set the bucket's time back
        words[at + 1] = Math.max(words[at + 1], now);
    }

    private static long ceilDiv(long number, long divisor) {
        return -Math.floorDiv(-number, divisor);
    }
}
