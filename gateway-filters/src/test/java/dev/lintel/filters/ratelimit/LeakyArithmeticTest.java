package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.RateLimit.LeakyBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeakyArithmeticTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long REFUSED = -1;

    /** A bucket of one key, asked at milliseconds. */
    private static final class OneKey {

        private final LeakyArithmetic arithmetic;
        private final long[] state;

        OneKey(LeakyBucket limit) {
            arithmetic = new LeakyArithmetic(limit);
            state = new long[arithmetic.words()];
            arithmetic.fresh(state, 0, 0);
        }

        long ask(long millis) {
            return arithmetic.take(state, 0, millis, 1) ? arithmetic.delayMillis(state, 0) : REFUSED;
        }

        long waitAt(long millis) {
            return arithmetic.nanosUntil(state, 0, millis, new Clocks(0, 0), 1) / 1_000_000;
        }
    }

    /** {@code rate=100r/m burst=20}: 1.666 requests a second, not 1.667. */
    @Test
    void delaysByNginxsOwnNumbers() {
        OneKey key = new OneKey(LeakyBucket.of("x", 100, MINUTE, 20));
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            delays.add(key.ask(0));
        }
        assertThat(delays).startsWith(0L, 600L, 1_200L).contains(3_001L, 6_002L).endsWith(12_004L);
        assertThat(key.ask(0)).isEqualTo(REFUSED);
        assertThat(key.waitAt(0)).isEqualTo(601);
        assertThat(key.ask(600)).isEqualTo(REFUSED);
        assertThat(key.ask(601)).isPositive();
    }

    @Test
    void letsTheWholeBurstThroughAtOnceWithNodelay() {
        OneKey key = new OneKey(LeakyBucket.of("x", 100, MINUTE, 20).nodelay());
        for (int i = 0; i < 21; i++) {
            assertThat(key.ask(0)).isZero();
        }
        assertThat(key.ask(0)).isEqualTo(REFUSED);
    }

    @Test
    void letsThroughAtOnceWhatIsBelowTheDelay() {
        OneKey key = new OneKey(new LeakyBucket("x", 10, Duration.ofSeconds(1), 5, 3));
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            delays.add(key.ask(0));
        }
        assertThat(delays).containsExactly(0L, 0L, 0L, 0L, 100L, 200L, REFUSED);
    }

    /** What was taken for a request that another limit refused leaves no trace. */
    @Test
    void isAsBeforeWhenWhatWasTakenIsPutBack() {
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            LeakyBucket limit = LeakyBucket.of("x", 1 + random.nextInt(200), MINUTE, random.nextInt(10))
                    .nodelay();
            OneKey one = new OneKey(limit);
            OneKey other = new OneKey(limit);
            long now = 0;
            for (int i = 0; i < 50; i++) {
                now += random.nextInt(3) == 0 ? random.nextInt(5_000) : 0;
                if (random.nextBoolean() && other.arithmetic.take(other.state, 0, now, 1)) {
                    other.arithmetic.giveBack(other.state, 0, now, now, 1);
                }
                // by the rounding of a millisecond's leak a verdict may come one thousandth early or late
                long wait = one.waitAt(now);
                assertThat(other.waitAt(now)).isBetween(wait - 50, wait + 50);
            }
        }
    }

    @Test
    void isForgottenWhenForgettingMakesNoDifference() {
        LeakyBucket limit = LeakyBucket.of("x", 100, MINUTE, 5);
        OneKey key = new OneKey(limit);
        for (int i = 0; i < 3; i++) {
            key.ask(0);
        }
        long at = key.arithmetic.forgettableAt(key.state, 0);
        OneKey earlier = new OneKey(limit);
        earlier.state[0] = key.state[0];
        earlier.state[1] = key.state[1];
        assertThat(key.arithmetic.remaining(key.state, 0, at)).isEqualTo(6);
        assertThat(key.ask(at)).isZero();
        assertThat(key.state[0]).isZero();
        assertThat(earlier.arithmetic.take(earlier.state, 0, at - 1, 1)).isTrue();
        assertThat(earlier.state[0]).isPositive();
    }

    @Test
    void k29OwesAtMostABucketAndOverflowsNothing() {
        LeakyBucket limit = new LeakyBucket("x", 1_000_000, Duration.ofSeconds(1), 1_000_000, 0);
        OneKey key = new OneKey(limit);
        key.arithmetic.owe(key.state, 0, 0, Long.MAX_VALUE);
        key.arithmetic.owe(key.state, 0, 0, Long.MAX_VALUE);
        assertThat(key.arithmetic.remaining(key.state, 0, 0)).isZero();
        assertThat(key.ask(0)).isEqualTo(REFUSED);
        assertThat(key.ask(Long.MAX_VALUE / 2)).isZero();
        assertThat(key.arithmetic.take(key.state, 0, Long.MAX_VALUE / 2, Long.MAX_VALUE))
                .isFalse();
    }
}
