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
            long[] state = fresh(arithmetic, start);
            for (int step = 0; step < 200; step++) {
                passed += (long) (random.nextDouble() * 2 * limit.interval().toNanos());
                long moment = start + passed;
                long cost = random.nextInt(10) == 0 ? random.nextLong(1, limit.capacity() + 3) : 1;
                boolean granted = arithmetic.take(state, 0, moment, cost);
                assertThat(granted).isEqualTo(plain.take(passed, cost));
                if (!granted && cost <= limit.capacity()) {
                    assertWaitIsExact(arithmetic, state, moment, cost);
                }
                assertThat(arithmetic.remaining(state, 0, moment)).isEqualTo(plain.remaining(passed));
            }
        }
    }

    private static TokenBucket anyLimit(Random random) {
        long capacity = random.nextLong(1, 51);
        long refill = random.nextLong(1, capacity + 1);
        Duration period = Duration.ofMillis(1 + random.nextInt(100_000));
        return new TokenBucket("x", capacity, refill, period, random.nextLong(capacity + 1));
    }

    private static long[] fresh(Arithmetic arithmetic, long now) {
        long[] state = new long[arithmetic.words()];
        arithmetic.fresh(state, 0, now);
        return state;
    }

    private static void assertWaitIsExact(BucketArithmetic arithmetic, long[] state, long moment, long cost) {
        long wait = arithmetic.nanosUntil(state, 0, moment, new Clocks(moment, 0), cost);
        assertThat(wait).isPositive();
        assertThat(arithmetic.take(state.clone(), 0, moment + wait, cost)).isTrue();
        assertThat(arithmetic.take(state.clone(), 0, moment + wait - 1, cost)).isFalse();
    }

    @Test
    void isFullAgainAfterExactlyThePeriod() {
        for (long capacity : new long[] {1, 3, 7, 60, 100, 999}) {
            TokenBucket limit = TokenBucket.of("x", capacity, Duration.ofMinutes(1));
            BucketArithmetic arithmetic = new BucketArithmetic(limit);
            long[] state = fresh(arithmetic, 0);
            assertThat(arithmetic.take(state, 0, 0, capacity)).isTrue();
            assertThat(arithmetic.remaining(state, 0, 0)).isZero();
            assertThat(arithmetic.remaining(state, 0, Duration.ofMinutes(1).toNanos()))
                    .isEqualTo(capacity);
        }
    }

    @Test
    void putsBackWhatWasTakenAndNeverMore() {
        BucketArithmetic arithmetic = new BucketArithmetic(TokenBucket.of("x", 10, Duration.ofSeconds(10)));
        long[] state = fresh(arithmetic, 0);
        assertThat(arithmetic.take(state, 0, 0, 4)).isTrue();
        assertThat(arithmetic.take(state, 0, 0, 3)).isTrue();
        arithmetic.giveBack(state, 0, 0, 0, 3);
        assertThat(arithmetic.remaining(state, 0, 0)).isEqualTo(6);
        arithmetic.giveBack(state, 0, Duration.ofDays(1).toNanos(), 0, 7);
        assertThat(arithmetic.remaining(state, 0, Duration.ofDays(1).toNanos())).isEqualTo(10);
    }

    /** Whoever gives back late has had the use of what came back in the meantime: else two bursts would be one's. */
    @Test
    void doesNotPutBackWhatHasComeBackByItself() {
        BucketArithmetic arithmetic = new BucketArithmetic(TokenBucket.of("x", 10, Duration.ofSeconds(10)));
        long[] state = fresh(arithmetic, 0);
        assertThat(arithmetic.take(state, 0, 0, 10)).isTrue();
        long later = Duration.ofSeconds(10).toNanos();
        assertThat(arithmetic.take(state, 0, later, 10)).isTrue();
        arithmetic.giveBack(state, 0, later, 0, 10);
        assertThat(arithmetic.remaining(state, 0, later)).isZero();
    }

    @Test
    void remembersAtMostOneBucketThatIsOwed() {
        BucketArithmetic arithmetic = new BucketArithmetic(TokenBucket.of("x", 10, Duration.ofSeconds(10)));
        long[] state = fresh(arithmetic, 0);
        assertThat(arithmetic.take(state, 0, 0, 1)).isTrue();
        arithmetic.owe(state, 0, 0, 1_000_000_000);
        arithmetic.owe(state, 0, 0, Long.MAX_VALUE);
        assertThat(arithmetic.remaining(state, 0, 0)).isZero();
        assertThat(arithmetic.take(state, 0, Duration.ofSeconds(11).toNanos() - 1, 1))
                .isFalse();
        assertThat(arithmetic.take(state, 0, Duration.ofSeconds(11).toNanos(), 1))
                .isTrue();
    }

    /** K29: nothing overflows at the ends of what a limit may be. */
    @Test
    void k29HoldsAtTheExtremes() {
        TokenBucket slow = TokenBucket.of("x", 1_000_000_000, Duration.ofDays(366));
        BucketArithmetic arithmetic = new BucketArithmetic(slow);
        long start = Long.MAX_VALUE;
        Clocks clocks = new Clocks(start, 0);
        long[] state = fresh(arithmetic, start);
        assertThat(arithmetic.take(state, 0, start, Long.MAX_VALUE)).isFalse();
        assertThat(arithmetic.take(state, 0, start, 1_000_000_001)).isFalse();
        assertThat(arithmetic.nanosUntil(state, 0, start, clocks, Long.MAX_VALUE))
                .isZero();
        assertThat(arithmetic.take(state, 0, start, 1_000_000_000)).isTrue();
        assertThat(arithmetic.remaining(state, 0, start)).isZero();
        assertThat(arithmetic.take(state, 0, start, 1)).isFalse();
        assertThat(arithmetic.nanosUntil(state, 0, start, clocks, Long.MAX_VALUE))
                .isEqualTo(slow.window().toNanos());
        arithmetic.owe(state, 0, start, Long.MAX_VALUE);
        assertThat(arithmetic.remaining(state, 0, start)).isZero();
    }
}
