package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.RateLimit.LeakyBucket;

/** A leaky bucket in nginx's numbers: the script answers by the thousandths in it. */
final class LeakyCode extends LimitCode {

    private static final long THOUSAND = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LeakyBucket limit;
    private final long rate;

    LeakyCode(LeakyBucket limit) {
        super(limit, "l");
        this.limit = limit;
        this.rate = limit.thousandthsPerSecond();
    }

    @Override
    void numbers(String[] arguments, int at, Time time) {
        arguments[at] = Long.toString(rate);
        arguments[at + 1] = Long.toString(limit.burst() * THOUSAND);
    }

    @Override
    long remaining(long x, long y) {
        long left = x - leaked(y);
        return Math.max(0, limit.burst() * THOUSAND - Math.max(-THOUSAND, left)) / THOUSAND;
    }

    private long leaked(long millis) {
        // beyond this the bucket is empty whatever it held, and the product would overflow
        return millis > Integer.MAX_VALUE ? Long.MAX_VALUE / 2 : rate * millis / THOUSAND;
    }

    @Override
    long nanosUntil(long x, long y, long cost) {
        long beyond = x + Math.min(cost, limit.quota()) * THOUSAND - limit.burst() * THOUSAND;
        return beyond <= 0 ? 0 : Math.max(0, up(beyond * THOUSAND, rate) - y) * NANOS_PER_MILLI;
    }

    @Override
    long delayMillis(long z) {
        long waiting = z - limit.delay() * THOUSAND;
        return waiting <= 0 ? 0 : waiting * THOUSAND / rate;
    }

    @Override
    boolean canLease() {
        return false;
    }
}
