package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.RateLimit.TokenBucket;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketArithmeticTest {

    /** A bucket as one would explain it, in numbers without bounds. */
    private static final class PlainBucket {

        private final BigInteger full;
        private final BigInteger interval;
        private BigInteger level;
        private long last;

        PlainBucket(TokenBucket limit, long now) {
            interval = BigInteger.valueOf(limit.interval().toNanos());
            full = BigInteger.valueOf(limit.capacity()).multiply(interval);
            level = BigInteger.valueOf(limit.initial()).multiply(interval);
            last = now;
        }

        boolean take(long now, long cost) {
            refill(now);
            BigInteger wanted = BigInteger.valueOf(cost).multiply(interval);
            if (wanted.compareTo(level) > 0) {
                return false;
            }
            level = level.subtract(wanted);
            return true;
        }

        long remaining(long now) {
            refill(now);
            return level.divide(interval).longValueExact();
        }

        private void refill(long now) {
            level = full.min(level.add(BigInteger.valueOf(now).subtract(BigInteger.valueOf(last))));
            last = now;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE - 1_000_000_000L, -5})
    void agreesWithAPlainBucketWhereverTheClockBegins(long start) {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            TokenBucket limit = anyLimit(random);
            BucketArithmetic arithmetic = new BucketArithmetic(limit);
            // the plain bucket counts from zero, since it knows no overflow
            long passed = 0;
            PlainBucket plain = new PlainBucket(limit, 0);
            long state = arithmetic.fresh(new Moment(start, 0));
            for (int step = 0; step < 200; step++) {
                passed += (long) (random.nextDouble() * 2 * limit.interval().toNanos());
                Moment moment = new Moment(start + passed, 0);
                long cost = random.nextInt(10) == 0 ? random.nextLong(1, limit.capacity() + 3) : 1;
                boolean granted = arithmetic.has(state, moment, cost);
                assertThat(granted).isEqualTo(plain.take(passed, cost));
                if (granted) {
                    state = arithmetic.take(state, moment, cost);
                } else if (cost <= limit.capacity()) {
                    assertWaitIsExact(arithmetic, state, moment, cost);
                }
                assertThat(arithmetic.remaining(state, moment)).isEqualTo(plain.remaining(passed));
            }
        }
    }

    private static TokenBucket anyLimit(Random random) {
        long capacity = random.nextLong(1, 51);
        long refill = random.nextLong(1, capacity + 1);
        Duration period = Duration.ofMillis(1 + random.nextInt(100_000));
        return new TokenBucket("x", capacity, refill, period, random.nextLong(capacity + 1));
    }

    private static void assertWaitIsExact(BucketArithmetic arithmetic, long state, Moment moment, long cost) {
        long wait = arithmetic.nanosUntil(state, moment, cost);
        assertThat(wait).isPositive();
        assertThat(arithmetic.has(state, new Moment(moment.now() + wait, 0), cost))
                .isTrue();
        assertThat(arithmetic.has(state, new Moment(moment.now() + wait - 1, 0), cost))
                .isFalse();
    }

    @Test
    void isFullAgainAfterExactlyThePeriod() {
        for (long capacity : new long[] {1, 3, 7, 60, 100, 999}) {
            TokenBucket limit = TokenBucket.of("x", capacity, Duration.ofMinutes(1));
            BucketArithmetic arithmetic = new BucketArithmetic(limit);
            Moment start = new Moment(0, 0);
            long state = arithmetic.take(arithmetic.fresh(start), start, capacity);
            assertThat(arithmetic.remaining(state, start)).isZero();
            Moment later = new Moment(Duration.ofMinutes(1).toNanos(), 0);
            assertThat(arithmetic.remaining(state, later)).isEqualTo(capacity);
        }
    }

    @Test
    void putsBackWhatWasTakenAndNeverMore() {
        BucketArithmetic arithmetic = new BucketArithmetic(TokenBucket.of("x", 10, Duration.ofSeconds(10)));
        Moment start = new Moment(0, 0);
        long taken = arithmetic.take(arithmetic.take(arithmetic.fresh(start), start, 4), start, 3);
        assertThat(arithmetic.remaining(arithmetic.giveBack(taken, start, 3), start))
                .isEqualTo(6);
        Moment later = new Moment(Duration.ofDays(1).toNanos(), 0);
        assertThat(arithmetic.remaining(arithmetic.giveBack(taken, later, 7), later))
                .isEqualTo(10);
    }

    /** K29: nothing overflows at the ends of what a limit may be. */
    @Test
    void k29HoldsAtTheExtremes() {
        TokenBucket slow = TokenBucket.of("x", 1_000_000_000, Duration.ofDays(366));
        BucketArithmetic arithmetic = new BucketArithmetic(slow);
        Moment start = new Moment(Long.MAX_VALUE, 0);
        long state = arithmetic.fresh(start);
        assertThat(arithmetic.has(state, start, Long.MAX_VALUE)).isFalse();
        assertThat(arithmetic.has(state, start, 1_000_000_001)).isFalse();
        assertThat(arithmetic.nanosUntil(state, start, Long.MAX_VALUE)).isZero();
        state = arithmetic.take(state, start, 1_000_000_000);
        assertThat(arithmetic.remaining(state, start)).isZero();
        assertThat(arithmetic.has(state, start, 1)).isFalse();
        assertThat(arithmetic.nanosUntil(state, start, Long.MAX_VALUE))
                .isEqualTo(slow.window().toNanos());
    }
}
