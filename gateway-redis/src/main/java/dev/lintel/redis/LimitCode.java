package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A limit in the numbers of the script, and what the script answers in terms of the limit. What the script counts is what a
 * gateway counts alone. Implementations are thread-safe.
 */
abstract class LimitCode {

    static final int NUMBERS = 5;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int DIGEST = 6;

    private final RateLimit limit;
    private final String kind;
    private final String name;

    LimitCode(RateLimit limit, String kind) {
        this.limit = limit;
        this.kind = kind;
        this.name = limit.name() + "." + digest(limit.toString());
    }

    /** The code of a limit that Redis can count. */
    static LimitCode of(RateLimit limit, Permits permits) {
        if (limit instanceof RateLimit.TokenBucket bucket) {
            return new BucketCode(bucket);
        }
        if (limit instanceof RateLimit.FixedWindow window) {
            return new WindowCode(window);
        }
        if (limit instanceof RateLimit.SlidingWindow window) {
            return new SlidingCode(window);
        }
        if (limit instanceof RateLimit.LeakyBucket bucket) {
            return new LeakyCode(bucket);
        }
        if (limit instanceof RateLimit.Concurrency held) {
            return new PermitCode(held, permits.holder(), permits.life().toMillis());
        }
        return new NothingCode((RateLimit.BlockAll) limit);
    }

    final RateLimit limit() {
        return limit;
    }

    /** What its keys begin with, after the namespace: its name, and something that changes with its numbers. */
    final String name() {
        return name;
    }

    /** Writes kind, cost, whether it is observed, and five numbers. */
    final void write(String[] arguments, int at, long cost, boolean observed, Time time) {
        arguments[at] = kind;
        arguments[at + 1] = Long.toString(cost);
        arguments[at + 2] = observed ? "1" : "0";
        Arrays.fill(arguments, at + 3, at + 3 + NUMBERS, "0");
        numbers(arguments, at + 3, time);
    }

    /** Writes the numbers of its kind. */
    abstract void numbers(String[] arguments, int at, Time time);

    /** How many units are left, by the script's first two numbers. */
    abstract long remaining(long x, long y);

    /** Nanoseconds until so many units are there. */
    abstract long nanosUntil(long x, long y, long cost);

    /** Nanoseconds until the cost is there that was asked for. */
    long nanosToWait(long x, long y, long z, long cost) {
        return nanosUntil(x, y, cost);
    }

    /** Milliseconds for which a request that was let in has to wait. */
    long delayMillis(long z) {
        return 0;
    }

    /** How long units that were taken in advance are good for at most, in nanoseconds. */
    long nanosGood(long x, long y) {
        return Long.MAX_VALUE;
    }

    /** Whether units can be taken in advance without a difference but of time. */
    boolean canLease() {
        return true;
    }

    final LimitState state(boolean exceeded, long x, long y) {
        long remaining = Math.max(0, remaining(x, y));
        boolean more = remaining < limit.quota() || limit.quota() == 0;
        long nanos = more ? nanosUntil(x, y, remaining + 1) : 0;
        return new LimitState(limit, Math.min(remaining, limit.quota()), seconds(nanos), exceeded);
    }

    /** Whole seconds, rounded up. */
    static long seconds(long nanos) {
        return up(nanos, NANOS_PER_SECOND);
    }

    /** A quotient, rounded up. */
    static long up(long number, long by) {
        return -Math.floorDiv(-number, by);
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, DIGEST);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Nothing is ever there. */
    private static final class NothingCode extends LimitCode {

        private NothingCode(RateLimit.BlockAll limit) {
            super(limit, "n");
        }

        @Override
        void numbers(String[] arguments, int at, Time time) {}

        @Override
        boolean canLease() {
            return false;
        }

        @Override
        long remaining(long x, long y) {
            return 0;
        }

        @Override
        long nanosUntil(long x, long y, long cost) {
            return limit().window().toNanos();
        }
    }
}
