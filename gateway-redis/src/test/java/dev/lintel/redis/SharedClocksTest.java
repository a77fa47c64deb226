package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Time;
import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.SlidingWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows K14 and K33 of the hostile inputs: several gateways, one Redis, and their clocks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedClocksTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int TEN = 10;

    private RedisServer server;

    @BeforeAll
    void start() {
        server = RedisServer.start();
    }

    @BeforeEach
    void forget() {
        server.call("FLUSHALL");
    }

    @AfterAll
    void close() {
        server.close();
    }

    private static List<RateLimit> limits() {
        // the month begins on a day that is neither today nor near
        int firstDay = (LocalDate.now(ZoneOffset.UTC).getDayOfMonth() + 13) % 28 + 1;
        return List.of(
                TokenBucket.of("bucket", TEN, HOUR),
                new SlidingWindow("sliding", TEN, HOUR),
                new FixedWindow(
                        "month",
                        TEN,
                        CalendarPeriod.each(CalendarPeriod.Unit.MONTHS).from(firstDay)));
    }

    static Stream<Arguments> skewedGateways() {
        return rows(limits());
    }

    static Stream<Arguments> skewedServers() {
        List<RateLimit> all = new ArrayList<>(limits());
        all.add(new FixedWindow("hour", TEN, HOUR));
        all.add(RateLimit.LeakyBucket.of("leaky", TEN, Duration.ofMinutes(1), TEN - 1));
        return rows(all);
    }

    private static Stream<Arguments> rows(List<RateLimit> limits) {
        return limits.stream()
                .flatMap(limit -> Stream.of(HOUR, HOUR.negated(), Duration.ofSeconds(1))
                        .map(skew -> Arguments.of(limit.name(), limit, skew)));
    }

    /** The clock of Redis counts. */
    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("skewedGateways")
    void k14GatewaysWhoseClocksDifferCountAsOne(String name, RateLimit limit, Duration skew) throws Exception {
        MutableClock there = MutableClock.at(Instant.now().plus(skew));
        int allowed = 0;
        try (RedisStore one = Patient.store(server).build();
                RedisStore other = Patient.store(server).build()) {
            for (int i = 0; i < 2 * TEN; i++) {
                allowed += isAllowed(one, limit, Time.system()) ? 1 : 0;
                allowed += isAllowed(other, limit, time(there)) ? 1 : 0;
            }
        }
        assertThat(allowed).isEqualTo(TEN);
    }

    /** As when another server takes over whose clock is wrong, and then a third whose clock is right. */
    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("skewedServers")
    void k14AClockOfRedisThatJumpsGivesOneQuotaMoreAtMostAndLocksNobodyOut(String name, RateLimit limit, Duration skew)
            throws Exception {
        MutableClock redis = MutableClock.create();
        Time time = time(redis);
        try (RedisStore store = Patient.store(server).clock(time).build()) {
            assertThat(drain(store, limit, time)).isEqualTo(TEN);
            redis.setWallClock(redis.instant().plus(skew));
            int more = drain(store, limit, time);
            assertThat(more).isLessThanOrEqualTo(TEN);
            assertThat(wait(store, limit, time)).isLessThanOrEqualTo(longest(limit));
            redis.setWallClock(redis.instant().minus(skew));
            assertThat(more + drain(store, limit, time)).as("for both jumps").isLessThanOrEqualTo(TEN);
            assertThat(wait(store, limit, time)).isLessThanOrEqualTo(longest(limit));
        }
    }

    private static Duration longest(RateLimit limit) {
        return limit.window().multipliedBy(2).plusSeconds(1);
    }

    private static Duration wait(RedisStore store, RateLimit limit, Time time) throws Exception {
        return Duration.ofSeconds(ask(store, limit, time).retryAfterSeconds());
    }

    /** Fifty a second, by units that Redis, whose own clock goes on, does not forget within seconds. */
    static Stream<RateLimit> rates() {
        return Stream.of(
                TokenBucket.of("bucket", 250, Duration.ofSeconds(5)),
                new FixedWindow("window", 250, Duration.ofSeconds(5)),
                new FixedWindow("longer", 500, Duration.ofSeconds(10)),
                new SlidingWindow("sliding", 250, Duration.ofSeconds(5)));
    }

    /** By a clock that a test moves on, so that no busy machine makes a difference; in real time: {@link RedisFigures}. */
    @ParameterizedTest
    @MethodSource("rates")
    void k33TwoGatewaysLetInTheLimitFor60SecondsAtTwiceOfIt(RateLimit limit) throws Exception {
        int rate = 50;
        int seconds = 60;
        MutableClock redis = MutableClock.create();
        Time time = time(redis);
        int allowed = 0;
        try (RedisStore one = Patient.store(server).clock(time).build();
                RedisStore other = Patient.store(server).clock(time).build()) {
            for (int i = 0; i < 2 * rate * seconds; i++) {
                redis.advance(Duration.ofSeconds(1).dividedBy(2L * rate));
                allowed += isAllowed(i % 2 == 0 ? one : other, limit, time) ? 1 : 0;
            }
        }
        // a sliding window is patient for one slice of sixteen more
        int least = limit instanceof SlidingWindow ? rate * seconds * 16 / 17 : rate * seconds;
        assertThat(allowed).isBetween(least * 99 / 100, rate * seconds * 101 / 100 + (int) limit.quota());
    }

    private static Time time(MutableClock clock) {
        return new Time(clock, clock.monotonic());
    }

    private static int drain(RedisStore store, RateLimit limit, Time time) throws Exception {
        int allowed = 0;
        for (int i = 0; i < 3 * TEN; i++) {
            allowed += isAllowed(store, limit, time) ? 1 : 0;
        }
        return allowed;
    }

    private static boolean isAllowed(RedisStore store, RateLimit limit, Time time) throws Exception {
        return ask(store, limit, time).isAllowed();
    }

    private static RateLimitDecision ask(RedisStore store, RateLimit limit, Time time) throws Exception {
        return store.acquire(List.of(new Charge(limit, Asking.KEY, 1)), time)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
