package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lintel.Time;
import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.limit.RateLimit.SlidingWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalRateLimiterTest {

    private static final KeyHash ALICE = new KeyHash(1, 1);
    private static final KeyHash BOB = new KeyHash(2, 2);
    private static final int THREADS = 64;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T10:00:20Z"));
    private final Time time = new Time(clock, clock.monotonic());

    static Stream<RateLimit> limits() {
        return Stream.of(
                TokenBucket.of("bucket", 1_000, Duration.ofMinutes(1)),
                new FixedWindow("window", 1_000, Duration.ofMinutes(1)),
                new FixedWindow("month", 1_000, CalendarPeriod.each(CalendarPeriod.Unit.MONTHS)),
                new SlidingWindow("sliding", 1_000, Duration.ofMinutes(1)),
                LeakyBucket.of("leaky", 1_000, Duration.ofMinutes(1), 999),
                new TokenBucket("slow", 1_000, 1, Duration.ofSeconds(1), 1_000));
    }

    private static LocalRateLimiter limiter(RateLimit... limits) {
        return new LocalRateLimiter(List.of(limits), 1_000);
    }

    private static Charge one(RateLimit limit, KeyHash key) {
        return new Charge(limit, key, 1);
    }

    private boolean allowed(LocalRateLimiter limiter, Charge... charges) {
        return limiter.acquire(List.of(charges), time).isAllowed();
    }

    /** How many of so many requests are allowed when 64 threads make them at once. */
    private int allowedAtOnce(LocalRateLimiter limiter, int each, IntFunction<List<Charge>> charges) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Integer>> counts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                counts.add(threads.submit(() -> {
                    go.await();
                    int allowed = 0;
                    for (int i = 0; i < each; i++) {
                        allowed += limiter.acquire(charges.apply(number * each + i), time)
                                        .isAllowed()
                                ? 1
                                : 0;
                    }
                    return allowed;
                }));
            }
            go.countDown();
            int sum = 0;
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void allowsExactlyTheLimitWhen64ThreadsAskAtOnce(RateLimit limit) throws Exception {
        LocalRateLimiter limiter = limiter(limit);
        List<Charge> charges = List.of(one(limit, ALICE));
        assertThat(allowedAtOnce(limiter, 100, i -> charges)).isEqualTo(1_000);
        clock.advance(Duration.ofDays(32));
        assertThat(allowedAtOnce(limiter, 100, i -> charges)).isEqualTo(1_000);
    }

    /** Whoever is allowed holds a permit until he gives it back: never more than there are at the same time. */
    @Test
    void neverGivesOutMorePermitsThanThereAreWhen64ThreadsTakeThem() throws Exception {
        Concurrency limit = Concurrency.of("permits", 7);
        LocalRateLimiter limiter = limiter(limit);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Charge> charges = List.of(one(limit, ALICE));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        if (limiter.acquire(charges, time) instanceof CountedDecision held && held.isAllowed()) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                            limiter.settle(held, charges, null, time);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 7);
        assertThat(allowedAtOnce(limiter, 10, i -> charges)).isEqualTo(7);
    }

    @Test
    void observedLimitsRefuseNothingAndAreChargedByThemselves() {
        TokenBucket enforced = TokenBucket.of("enforced", 5, Duration.ofMinutes(1));
        TokenBucket observed = TokenBucket.of("observed", 2, Duration.ofMinutes(1));
        LocalRateLimiter limiter = limiter(enforced, observed);
        List<Charge> charges = List.of(new Charge(observed, ALICE, 1, true), one(enforced, ALICE));
        for (int i = 0; i < 5; i++) {
            RateLimitDecision decision = limiter.acquire(charges, time);
            assertThat(decision.isAllowed()).isTrue();
            assertThat(decision.isExceeded(0)).isEqualTo(i >= 2);
        }
        RateLimitDecision refused = limiter.acquire(charges, time);
        assertThat(refused.isAllowed()).isFalse();
        assertThat(refused.states()).extracting(LimitState::exceeded).containsExactly(true, true);
        assertThat(refused.retryAfterSeconds()).isEqualTo(12);
        clock.advance(Duration.ofSeconds(30));
        limiter.acquire(charges, time);
        assertThat(limiter.peek(charges, time).states())
                .extracting(LimitState::remaining)
                .containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void settlesWhatARequestCostInTheEnd(RateLimit limit) {
        LocalRateLimiter limiter = limiter(limit);
        List<Charge> charges = List.of(new Charge(limit, ALICE, 10));
        settle(limiter, charges, 4);
        assertThat(remaining(limiter, one(limit, ALICE))).isEqualTo(996);
        settle(limiter, charges, 1_000_000);
        assertThat(remaining(limiter, one(limit, ALICE))).isZero();
        assertThat(allowed(limiter, one(limit, ALICE))).isFalse();
        clock.advance(Duration.ofDays(32));
        assertThat(remaining(limiter, one(limit, ALICE))).isEqualTo(1_000);
    }

    /** What was taken in a window that is over is not given back to the next one. */
    @ParameterizedTest
    @MethodSource("limits")
    void settlesNothingIntoAnotherWindow(RateLimit limit) {
        LocalRateLimiter limiter = limiter(limit);
        List<Charge> charges = List.of(new Charge(limit, ALICE, 1_000));
        CountedDecision early = (CountedDecision) limiter.acquire(charges, time);
        clock.advance(Duration.ofDays(32));
        assertThat(allowed(limiter, new Charge(limit, ALICE, 1_000))).isTrue();
        limiter.settle(early, charges, new long[] {0}, time);
        assertThat(allowed(limiter, one(limit, ALICE))).isFalse();
    }

    private void settle(LocalRateLimiter limiter, List<Charge> charges, long cost) {
        limiter.settle((CountedDecision) limiter.acquire(charges, time), charges, new long[] {cost}, time);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void allowsExactlyTheLimitToEachOfManyKeysAtOnce(RateLimit limit) throws Exception {
        LocalRateLimiter limiter = new LocalRateLimiter(List.of(limit), 10_000);
        assertThat(allowedAtOnce(limiter, 1_000, i -> List.of(one(limit, new KeyHash(i % 32, 7)))))
                .isEqualTo(32 * 1_000);
    }

    @Test
    void neverAllowsMoreThanTheTighterOfTwoLimitsAtOnce() throws Exception {
        TokenBucket wide = TokenBucket.of("wide", 5_000, Duration.ofMinutes(1));
        FixedWindow tight = new FixedWindow("tight", 500, Duration.ofMinutes(1));
        LocalRateLimiter limiter = limiter(wide, tight);
        List<Charge> charges = List.of(one(wide, ALICE), one(tight, BOB));
        assertThat(allowedAtOnce(limiter, 200, i -> charges)).isEqualTo(500);
        // what was reserved for requests that failed is all back
        LimitState left = limiter.peek(charges, time).states().get(0);
        assertThat(left.remaining()).isEqualTo(5_000 - 500);
    }

    @Test
    void neverAllowsMoreThanAnyOfManyLimitsAtOnce() throws Exception {
        TokenBucket byFive = TokenBucket.of("by-five", 100, Duration.ofMinutes(1));
        TokenBucket byThree = TokenBucket.of("by-three", 150, Duration.ofMinutes(1));
        LocalRateLimiter limiter = limiter(byFive, byThree);
        int allowed = allowedAtOnce(
                limiter, 100, i -> List.of(one(byFive, new KeyHash(i % 5, 5)), one(byThree, new KeyHash(i % 3, 3))));
        long usedByFive = 5 * 100;
        long usedByThree = 3 * 150;
        for (int i = 0; i < 5; i++) {
            usedByFive -= remaining(limiter, one(byFive, new KeyHash(i, 5)));
        }
        for (int i = 0; i < 3; i++) {
            usedByThree -= remaining(limiter, one(byThree, new KeyHash(i, 3)));
        }
        assertThat(usedByFive).isEqualTo(allowed);
        assertThat(usedByThree).isEqualTo(allowed);
    }

    private long remaining(LocalRateLimiter limiter, Charge charge) {
        return limiter.peek(List.of(charge), time).states().get(0).remaining();
    }

    @Test
    void chargesAllOrNothing() {
        TokenBucket first = TokenBucket.of("first", 5, Duration.ofMinutes(1));
        TokenBucket second = TokenBucket.of("second", 2, Duration.ofMinutes(1));
        FixedWindow third = new FixedWindow("third", 9, Duration.ofMinutes(1));
        LocalRateLimiter limiter = limiter(first, second, third);
        Charge[] charges = {one(first, ALICE), one(second, ALICE), one(third, ALICE)};
        assertThat(allowed(limiter, charges)).isTrue();
        assertThat(allowed(limiter, charges)).isTrue();
        RateLimitDecision refused = limiter.acquire(List.of(charges), time);
        assertThat(refused.isAllowed()).isFalse();
        assertThat(refused.retryAfterSeconds()).isEqualTo(30);
        assertThat(refused.states())
                .containsExactly(
                        new LimitState(first, 3, 12, false),
                        new LimitState(second, 0, 30, true),
                        new LimitState(third, 7, 40, false));
    }

    @Test
    void tellsEveryLimitThatIsExceededAndTheLongestWait() {
        TokenBucket bucket = TokenBucket.of("bucket", 1, Duration.ofMinutes(1));
        FixedWindow window = new FixedWindow("window", 1, Duration.ofHours(1));
        LocalRateLimiter limiter = limiter(bucket, window);
        List<Charge> charges = List.of(one(bucket, ALICE), one(window, ALICE));
        limiter.acquire(charges, time);
        clock.advance(Duration.ofMillis(500));
        RateLimitDecision decision = limiter.acquire(charges, time);
        assertThat(decision.isAllowed()).isFalse();
        assertThat(decision.states()).extracting(LimitState::exceeded).containsExactly(true, true);
        assertThat(decision.retryAfterSeconds()).isEqualTo(3_580);
    }

    @Test
    void looksWithoutEffect() {
        TokenBucket limit = TokenBucket.of("x", 1, Duration.ofMinutes(1));
        LocalRateLimiter limiter = limiter(limit);
        List<Charge> charges = List.of(one(limit, ALICE));
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.peek(charges, time).isAllowed()).isTrue();
            assertThat(limiter.peek(charges, time).states()).containsExactly(new LimitState(limit, 1, 0, false));
        }
        assertThat(limiter.counted(limit).buckets().size()).isZero();
        assertThat(limiter.acquire(charges, time).isAllowed()).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.peek(charges, time).retryAfterSeconds()).isEqualTo(60);
            assertThat(limiter.peek(charges, time).states()).containsExactly(new LimitState(limit, 0, 60, true));
        }
    }

    @Test
    void skipsWhenThereIsNothingToCharge() {
        RateLimitDecision none =
                limiter(TokenBucket.of("x", 1, Duration.ofMinutes(1))).acquire(List.of(), time);
        assertThat(none.isAllowed()).isTrue();
        assertThat(none.states()).isEmpty();
    }

    /** K13: the wall clock says nothing to a bucket, and no more than one new window to a window. */
    @ParameterizedTest
    @MethodSource("limits")
    void k13NeitherRefillsNorLocksOutWhenTheWallClockIsSet(RateLimit limit) {
        LocalRateLimiter limiter = limiter(limit);
        assertThat(allowed(limiter, new Charge(limit, ALICE, 1_000))).isTrue();
        clock.setWallClock(clock.instant().minus(Duration.ofHours(1)));
        assertThat(allowed(limiter, one(limit, ALICE))).isFalse();
        clock.advance(Duration.ofDays(32));
        assertThat(allowed(limiter, new Charge(limit, ALICE, 1_000))).isTrue();
        clock.setWallClock(clock.instant().plus(Duration.ofDays(32)));
        boolean opened = allowed(limiter, new Charge(limit, ALICE, 1_000));
        assertThat(opened).isEqualTo(limit instanceof FixedWindow);
        assertThat(allowed(limiter, one(limit, ALICE))).isFalse();
    }

    /** K29: costs that cannot be met change nothing and overflow nothing. */
    @ParameterizedTest
    @MethodSource("limits")
    void k29RefusesCostsBeyondTheLimitWithoutCharging(RateLimit limit) {
        LocalRateLimiter limiter = limiter(limit);
        for (long cost : new long[] {1_001, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE / 1_000, Long.MAX_VALUE}) {
            RateLimitDecision refused = limiter.acquire(List.of(new Charge(limit, ALICE, cost)), time);
            assertThat(refused.isAllowed()).isFalse();
            assertThat(refused.remaining(0)).isEqualTo(1_000);
            assertThat(refused.retryAfterSeconds()).isPositive();
        }
        assertThat(allowed(limiter, new Charge(limit, ALICE, 400))).isTrue();
        assertThat(allowed(limiter, new Charge(limit, ALICE, 601))).isFalse();
        assertThat(allowed(limiter, new Charge(limit, ALICE, 600))).isTrue();
        assertThat(allowed(limiter, one(limit, ALICE))).isFalse();
    }

    @Test
    void k29RefusesCostsThatAreNone() {
        TokenBucket limit = TokenBucket.of("x", 1, Duration.ofMinutes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Charge(limit, ALICE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Charge(limit, ALICE, Long.MIN_VALUE));
    }

    @Test
    void refusesLimitsThatItDoesNotKnow() {
        TokenBucket limit = TokenBucket.of("x", 1, Duration.ofMinutes(1));
        TokenBucket equal = TokenBucket.of("x", 1, Duration.ofMinutes(1));
        TokenBucket other = TokenBucket.of("x", 2, Duration.ofMinutes(1));
        assertThat(allowed(limiter(limit), one(equal, ALICE))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> allowed(limiter(limit), one(other, ALICE)));
    }

    @Test
    void countsSharedRequestsAndTellsOnceAMinute() {
        Overflow overflow = new Overflow("x", 10);
        long start = Long.MIN_VALUE;
        assertThat(overflow.note(start)).isTrue();
        assertThat(overflow.note(start + 1)).isFalse();
        assertThat(overflow.note(start + Duration.ofSeconds(59).toNanos())).isFalse();
        assertThat(overflow.note(start + Duration.ofSeconds(60).toNanos())).isTrue();
        assertThat(overflow.note(start + Duration.ofSeconds(61).toNanos())).isFalse();
        assertThat(overflow.requests()).isEqualTo(5);
    }

    /** K10: the rest of many keys at once is bounded like a single key. */
    @Test
    void k10AllowsNoMoreThanOneBucketToAllKeysWithoutRoomAtOnce() throws Exception {
        TokenBucket limit = TokenBucket.of("x", 3, Duration.ofDays(1));
        LocalRateLimiter limiter = new LocalRateLimiter(List.of(limit), 256);
        int allowed = allowedAtOnce(limiter, 200, i -> List.of(one(limit, new KeyHash(i * 31L, i))));
        assertThat(limiter.counted(limit).buckets().size()).isEqualTo(256);
        assertThat(allowed).isEqualTo(256 + 3);
        assertThat(limiter.counted(limit).overflow().requests()).isEqualTo(THREADS * 200 - 256);
    }
}
