package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.limit.RateLimit.SlidingWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted, for whom, and what is left in Redis. Rows of group K of the hostile inputs by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisStoreTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TokenBucket TEN = TokenBucket.of("ten", 10, HOUR);

    private final RedisServer server = RedisServer.start();

    /** Stands still, so that no window ends while a test lasts; today, since gateways say by their own clocks when days end. */
    private final MutableClock clock = MutableClock.at(Instant.now().truncatedTo(ChronoUnit.HOURS));

    private final Time time = new Time(clock, clock.monotonic());
    private final RedisStore store = Patient.store(server).clock(time).build();

    @BeforeAll
    static void settle() {
        assertThat(Script.DECIDE.digest()).hasSize(40);
    }

    @BeforeEach
    void empty() {
        server.call("FLUSHALL");
    }

    @AfterAll
    void close() {
        store.close();
        server.close();
    }

    static List<RateLimit> limits() {
        return List.of(
                TEN,
                new TokenBucket("slow-start", 10, 10, HOUR, 3),
                new FixedWindow("hour", 10, HOUR),
                new FixedWindow("day", 10, Duration.ofDays(1)),
                new SlidingWindow("sliding", 10, HOUR),
                new LeakyBucket("leaky", 10, HOUR, 9, 9));
    }

    private RateLimitDecision take(RateLimit limit, long cost) throws Exception {
        return store.acquire(List.of(new Charge(limit, Asking.KEY, cost)), time)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private long remaining(RateLimit limit) throws Exception {
        return store.peek(List.of(new Charge(limit, Asking.KEY, 1)), time)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .remaining(0);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void k25EveryKeyHasATimeToLive(RateLimit limit) throws Exception {
        take(limit, 1);
        take(limit, 20);
        Object keys = server.call("KEYS", "*");
        assertThat(keys).isInstanceOf(List.class);
        for (Object key : (List<?>) keys) {
            assertThat(server.number("PTTL", String.valueOf(key)))
                    .as(String.valueOf(key))
                    .isPositive();
        }
    }

    @Test
    void k26KeysHoldNothingThatAClientSent() throws Exception {
        take(TEN, 1);
        KeyHash hostile = new KeyHash(0x7b7d3a0a0d00L, -1);
        assertThat(Asking.allows(store, TEN, hostile)).isTrue();
        Object keys = server.call("KEYS", "lintel:ten.*");
        assertThat((List<?>) keys)
                .hasSize(2)
                .allSatisfy(
                        key -> assertThat(String.valueOf(key)).matches("lintel:ten\\.[0-9a-f]{12}:\\{[0-9a-f]{32}}"));
    }

    @Test
    void hashesKeysAlikeInAllGatewaysThatShareASecretAndInNoOthers() throws Exception {
        try (RedisStore same = Patient.store(server).build();
                RedisStore other = Patient.store(server).secret("pepper").build()) {
            assertThat(same.hasher()).usingRecursiveComparison().isEqualTo(store.hasher());
            assertThat(other.hasher()).usingRecursiveComparison().isNotEqualTo(store.hasher());
            assertThat(other.toString() + other.hasher()).doesNotContain("pepper");
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void givesBackWhatWasNotNeededAndTakesWhatWasNeededMore(RateLimit limit) throws Exception {
        List<Charge> charges = List.of(new Charge(limit, Asking.KEY, 3));
        RateLimitDecision decision = take(limit, 3);
        assertThat(decision.isAllowed()).isTrue();
        long left = decision.remaining(0);
        store.settle(decision, charges, new long[] {1}).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(remaining(limit)).isEqualTo(left + 2);
        store.settle(decision, charges, new long[] {5}).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(remaining(limit)).isEqualTo(Math.max(0, left));
        store.settle(decision, charges, new long[] {1_000_000_000})
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(remaining(limit)).isZero();
    }

    @ParameterizedTest
    @MethodSource("limits")
    void forgetsAKeyWhenTold(RateLimit limit) throws Exception {
        long full = remaining(limit);
        take(limit, 2);
        store.reset(limit, Asking.KEY).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(remaining(limit)).isGreaterThanOrEqualTo(full);
    }

    @Test
    void chargesAllLimitsOrNoneAndObservedOnesApart() throws Exception {
        RateLimit two = TokenBucket.of("two", 2, HOUR);
        List<Charge> both = List.of(
                new Charge(TEN, Asking.KEY, 1),
                new Charge(two, Asking.KEY, 1),
                new Charge(new RateLimit.BlockAll("no"), Asking.KEY, 1, true));
        int allowed = 0;
        for (int i = 0; i < 5; i++) {
            RateLimitDecision decision =
                    store.acquire(both, time).toCompletableFuture().get(20, TimeUnit.SECONDS);
            allowed += decision.isAllowed() ? 1 : 0;
            assertThat(decision.isExceeded(2)).isTrue();
        }
        assertThat(allowed).isEqualTo(2);
        assertThat(remaining(TEN)).isEqualTo(8);
        assertThat(take(new RateLimit.BlockAll("no"), 1).isAllowed()).isFalse();
    }

    @Test
    void saysWhichLimitsItCannotCount() {
        assertThat(store.objection(new RateLimit.Concurrency("permits", 3, 1, Duration.ofSeconds(1))))
                .isPresent();
        assertThat(store.objection(RateLimit.Concurrency.of("permits", 3))).isEmpty();
        assertThat(limits()).allMatch(limit -> store.objection(limit).isEmpty());
    }

    @Test
    void knowsHowManyGatewaysShareTheCounts() {
        try (RedisStore other = Patient.store(server).build()) {
            await().atMost(LONG).until(() -> store.sharers() == 2 && other.sharers() == 2);
        }
        await().atMost(LONG).until(() -> store.sharers() == 1);
    }

    @Test
    void leavesNoThreadAndNoConnectionBehind() {
        String name = "lintel-redis";
        // those of the tests before are gone, and that of the class is there
        await().atMost(LONG).until(() -> threads(name) == 1);
        long before = 1;
        RedisStore one = Patient.store(server).build();
        assertThat(threads(name)).isEqualTo(before + 1);
        one.close();
        one.close();
        await().atMost(LONG).until(() -> threads(name) == before);
        await().atMost(LONG)
                .until(() -> String.valueOf(server.call("CLIENT", "LIST")).split("name=lintel").length == 2);
        assertThat(Asking.ask(one, TEN)).isCompletedExceptionally();
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .filter(Thread::isDaemon)
                .count();
    }

    @Test
    void isFoundByItsKindAndOpenedOnceForTheSameOptions() {
        RateLimitStoreProvider provider = ServiceLoader.load(RateLimitStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.kind().equals("redis"))
                .findFirst()
                .orElseThrow();
        Map<String, String> options = Map.of(
                "uri",
                server.uri(),
                "deadline",
                "5s",
                "connectTimeout",
                "5s",
                "namespace",
                "shared",
                "startTimeout",
                "20s");
        RateLimitStore one = provider.open(options);
        RateLimitStore other = provider.open(options);
        assertThat(Asking.decide(one, TEN)).isNotNull();
        one.close();
        one.close();
        assertThat(Asking.decide(other, TEN)).isNotNull();
        other.close();
        assertThat(Asking.ask(other, TEN)).isCompletedExceptionally();
        assertThatThrownBy(() -> provider.open(Map.of("uri", "redis://:pw-text@", "deadline", "1h", "dedline", "1s")))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("uri: not shown (expected: redis://")
                .hasMessageContaining("deadline: 1h (expected: a duration from 5ms to 5s)")
                .hasMessageContaining("dedline: unknown option")
                .hasMessageNotContaining("pw-text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis-sentinel://a:1,b:2",
                "redis-cluster://",
                "redis-cluster://a:1,,b:2",
                "redis://a:99999999",
                "redis-socket:///run/redis"
            })
    void refusesWhatIsNoPlaceForRedis(String uri) {
        assertThatThrownBy(() -> RedisStore.builder().uri(uri).build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("uri: not shown (expected: redis://");
    }
}
