package dev.lintel.filters.ratelimit;

/**
 * How one limit stands for one request, in one number: 30 bits of units that are left, 26 bits of seconds until there is more,
 * and what became of the charge.
 */
final class Standing {

    private static final long REMAINING = (1L << 30) - 1;
    private static final int SECONDS_AT = 30;
    private static final long SECONDS = (1L << 26) - 1;
    private static final long EXCEEDED = 1L << 56;
    private static final long SHARED = 1L << 57;
    private static final long CHARGED = 1L << 58;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Standing() {}

    static long of(long remaining, long nanosToMore) {
        return remaining | Math.min(SECONDS, seconds(nanosToMore)) << SECONDS_AT;
    }

    static long exceeded(long standing) {
        return standing | EXCEEDED;
    }

    static long charged(long standing) {
        return standing | CHARGED;
    }

    static long shared(long standing) {
        return standing | SHARED;
    }

    static long remaining(long standing) {
        return standing & REMAINING;
    }

    static long secondsToMore(long standing) {
        return standing >> SECONDS_AT & SECONDS;
    }

    /** Whether the limit had too little. */
    static boolean isExceeded(long standing) {
        return (standing & EXCEEDED) != 0;
    }

    /** Whether the bucket is that of keys without one of their own. */
    static boolean isShared(long standing) {
        return (standing & SHARED) != 0;
    }

    /** Whether units were taken, and not put back at once. */
    static boolean isCharged(long standing) {
        return (standing & CHARGED) != 0;
    }

    /** Whole seconds, rounded up. */
    static long seconds(long nanos) {
        return (nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    }
}
