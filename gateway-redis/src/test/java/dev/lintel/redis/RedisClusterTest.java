package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts that are spread over the servers of a cluster. */
class RedisClusterTest {

    private static final Duration LONG = Duration.ofSeconds(50);
    private static final TokenBucket LIMIT = TokenBucket.of("ten", 10, Duration.ofHours(1));

    @Test
    void limitsWithSeveralKeysHoldTogether() throws Exception {
        // the day does not end meanwhile
        MutableClock clock = MutableClock.at(Instant.now().truncatedTo(ChronoUnit.HOURS));
        Time time = new Time(clock, clock.monotonic());
        try (RedisCluster cluster = RedisCluster.start(Duration.ofSeconds(6), false);
                RedisStore store = Patient.store(cluster.uri()).clock(time).build()) {
            RateLimit day = new FixedWindow("day", 1_000, Duration.ofDays(1));
            int allowed = 0;
            for (int i = 0; i < 30; i++) {
                // the tens of two users, in different places, and one day for all
                List<Charge> charges =
                        List.of(new Charge(LIMIT, new KeyHash(i % 2, 99), 1), new Charge(day, new KeyHash(77, 5), 1));
                RateLimitDecision decision =
                        store.acquire(charges, time).toCompletableFuture().get(20, TimeUnit.SECONDS);
                allowed += decision.isAllowed() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(20);
            // what was refused has cost the day nothing
            List<Charge> one = List.of(new Charge(day, new KeyHash(77, 5), 1));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(store.peek(one, time)
                                    .toCompletableFuture()
                                    .get(20, TimeUnit.SECONDS)
                                    .remaining(0))
                            .isEqualTo(980));
        }
    }

    /** Whether the servers that are left say that one is missing, or answer for theirs as before. */
    @ParameterizedTest
    @ValueSource(strings = {"yes", "no"})
    void k21DecidesByTheReplicaThatTakesOverAndWithoutRedisUntilThen(String fullCoverage) {
        // keys that lie in all three thirds
        List<KeyHash> keys =
                LongStream.range(0, 12).mapToObj(i -> new KeyHash(i, i)).toList();
        try (RedisCluster cluster = RedisCluster.start(
                        Duration.ofSeconds(3), true, "--cluster-require-full-coverage", fullCoverage);
                RedisStore store = Patient.store(cluster.uri())
                        .deadline(Duration.ofMillis(500))
                        .build()) {
            await().atMost(LONG).until(() -> keys.stream().allMatch(key -> Asking.allows(store, LIMIT, key)));
            assertThat(String.valueOf(cluster.server(0).call("ROLE"))).contains("master");
            cluster.server(0).kill();
            // each question is decided or fails on the way; none is left
            await().atMost(LONG).until(() -> !decidesAll(store, keys));
            await().atMost(LONG).until(() -> store.counts().outages() > 0);
            await().atMost(LONG).until(() -> decidesAll(store, keys));
            assertThat(String.valueOf(cluster.replica().call("ROLE"))).contains("master");
            for (KeyHash key : keys) {
                int allowed = 0;
                for (int i = 0; i < 20; i++) {
                    allowed += Asking.allows(store, LIMIT, key) ? 1 : 0;
                }
                assertThat(allowed).as("never more than the limit, once more").isLessThanOrEqualTo(10);
            }
        }
    }

    private static boolean decidesAll(RedisStore store, List<KeyHash> keys) {
        return keys.stream().allMatch(key -> Asking.decided(Asking.ask(store, LIMIT, key)) != null);
    }
}
