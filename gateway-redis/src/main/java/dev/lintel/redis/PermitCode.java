package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.RateLimit.Concurrency;

/** Permits that are held by requests: the script answers by how many are. */
final class PermitCode extends LimitCode {

    private final long capacity;
    private final String[] numbers;

    /**
     * @param holder by which number this gateway is known
     * @param lifeMillis for how long it is believed to hold what it does
     */
    PermitCode(Concurrency limit, long holder, long lifeMillis) {
        super(limit, "c");
        this.capacity = limit.capacity();
        this.numbers = new String[] {Long.toString(capacity), Long.toString(holder), Long.toString(lifeMillis)};
    }

    @Override
    void numbers(String[] arguments, int at, Time time) {
        System.arraycopy(numbers, 0, arguments, at, numbers.length);
    }

    @Override
    long remaining(long x, long y) {
        return capacity - x;
    }

    /** Nobody knows. */
    @Override
    long nanosUntil(long x, long y, long cost) {
        return 0;
    }

    @Override
    boolean canLease() {
        return false;
    }
}
