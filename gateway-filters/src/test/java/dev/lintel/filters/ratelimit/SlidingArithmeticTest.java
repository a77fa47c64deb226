package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.RateLimit.SlidingWindow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingArithmeticTest {

    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST = WINDOW + (WINDOW + 15) / 16;

    private static long[] fresh(Arithmetic arithmetic, long now) {
        long[] state = new long[arithmetic.words()];
        arithmetic.fresh(state, 0, now);
        return state;
    }

    private static SlidingArithmetic arithmetic(long capacity) {
        return new SlidingArithmetic(new SlidingWindow("x", capacity, Duration.ofNanos(WINDOW)));
    }

    /** An exact log beside it: whatever it grants fits into any window, and what it refuses would not fit into 17/16 of one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1_000})
    void neverGrantsMoreInAnyWindowAndRefusesNothingThatFitsIntoALittleMore(int capacity) {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            SlidingArithmetic arithmetic = arithmetic(capacity);
            long now = random.nextLong(-WINDOW, WINDOW);
            long[] state = fresh(arithmetic, now);
            Deque<long[]> log = new ArrayDeque<>();
            for (int i = 0; i < 400; i++) {
                now += random.nextInt(20) == 0 ? random.nextLong(2 * WINDOW) : random.nextLong(2 * WINDOW / 16);
                long cost = random.nextInt(4) == 0 ? random.nextLong(1, capacity + 1) : 1;
                boolean granted = arithmetic.take(state, 0, now, cost);
                long inWindow = sum(log, now - WINDOW);
                if (granted) {
                    assertThat(inWindow + cost).isLessThanOrEqualTo(capacity);
                    log.add(new long[] {now, cost});
                } else {
                    assertThat(sum(log, now - LONGEST) + cost).isGreaterThan(capacity);
                    long wait = arithmetic.nanosUntil(state, 0, now, new Clocks(0, 0), cost);
                    assertThat(arithmetic.take(state.clone(), 0, now + wait, cost))
                            .isTrue();
                    assertThat(arithmetic.take(state.clone(), 0, now + wait - 1, cost))
                            .isFalse();
                }
                assertThat(arithmetic.remaining(state, 0, now)).isBetween(0L, capacity - sum(log, now - WINDOW));
            }
        }
    }

    private static long sum(Deque<long[]> log, long after) {
        return log.stream()
                .filter(entry -> entry[0] > after)
                .mapToLong(entry -> entry[1])
                .sum();
    }

    @Test
    void isForgottenWhenItsLastUnitHasComeBack() {
        SlidingArithmetic arithmetic = arithmetic(5);
        long[] state = fresh(arithmetic, 0);
        assertThat(arithmetic.forgettableAt(state, 0)).isZero();
        arithmetic.take(state, 0, 0, 2);
        arithmetic.take(state, 0, WINDOW / 2, 2);
        long at = arithmetic.forgettableAt(state, 0);
        assertThat(at).isBetween(WINDOW / 2 + WINDOW, WINDOW / 2 + LONGEST);
        assertThat(arithmetic.remaining(state.clone(), 0, at)).isEqualTo(5);
        assertThat(arithmetic.remaining(state.clone(), 0, at - 1)).isEqualTo(3);
    }

    @Test
    void putsBackOnlyWhatIsStillInTheWindow() {
        SlidingArithmetic arithmetic = arithmetic(5);
        long[] state = fresh(arithmetic, 0);
        arithmetic.take(state, 0, 0, 5);
        arithmetic.giveBack(state, 0, WINDOW / 2, 0, 3);
        assertThat(arithmetic.remaining(state, 0, WINDOW / 2)).isEqualTo(3);
        arithmetic.take(state, 0, 2 * WINDOW, 5);
        arithmetic.giveBack(state, 0, 2 * WINDOW, 0, 2);
        assertThat(arithmetic.remaining(state, 0, 2 * WINDOW)).isZero();
    }

    @Test
    void k29OwesAtMostAWindow() {
        SlidingArithmetic arithmetic = arithmetic(1_000_000_000);
        long[] state = fresh(arithmetic, 0);
        arithmetic.owe(state, 0, 0, Long.MAX_VALUE);
        arithmetic.owe(state, 0, 0, Long.MAX_VALUE);
        arithmetic.owe(state, 0, 0, Long.MAX_VALUE);
        assertThat(arithmetic.remaining(state, 0, 0)).isZero();
        assertThat(arithmetic.take(state, 0, WINDOW, 1)).isFalse();
        assertThat(arithmetic.remaining(state, 0, LONGEST)).isEqualTo(1_000_000_000);
    }
}
