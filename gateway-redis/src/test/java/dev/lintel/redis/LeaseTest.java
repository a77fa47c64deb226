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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Units taken in advance: fewer round trips, and never more than the limit. */
class LeaseTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int UNITS = 100;

    /** Nothing of it comes back while a test lasts. */
    private static final TokenBucket LIMIT = new TokenBucket("slow", 10_000, 1, Duration.ofMinutes(50), 10_000);

    private final RedisServer server = RedisServer.start();
    private final List<RedisStore> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(RedisStore::close);
        server.close();
    }

    private RedisStore gateway(Duration leaseTime) {
        RedisStore store = Patient.store(server).lease(UNITS, leaseTime).build();
        stores.add(store);
        return store;
    }

    private long remaining(RateLimit limit) throws Exception {
        List<Charge> charges = List.of(new Charge(limit, Asking.KEY, 1));
        RateLimitDecision now =
                stores.get(0).peek(charges, Time.system()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return now.remaining(0);
    }

    /** As many questions at once as a busy gateway would ask; gives how many were let in. */
    private static int burst(RedisStore store, RateLimit limit, int requests) {
        List<CompletableFuture<RateLimitDecision>> asked = new ArrayList<>();
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            asked.add(Asking.ask(store, limit));
            if (asked.size() == 50 || i == requests - 1) {
                for (CompletableFuture<RateLimitDecision> one : asked) {
                    RateLimitDecision decision = Asking.decided(one);
                    assertThat(decision).isNotNull();
                    allowed += decision.isAllowed() ? 1 : 0;
                }
                asked.clear();
            }
        }
        return allowed;
    }

    @Test
    void decidesMostlyWithoutARoundTrip() {
        RedisStore store = gateway(Duration.ofSeconds(5));
        assertThat(burst(store, LIMIT, 5_000)).isEqualTo(5_000);
        assertThat(store.counts().leased()).isPositive();
        assertThat(store.counts().answered()).isLessThan(1_000);
    }

    @Test
    void twoGatewaysNeverGiveMoreThanTheLimitAndInTheEndAllOfIt() {
        RedisStore one = gateway(Duration.ofMillis(200));
        RedisStore other = gateway(Duration.ofMillis(200));
        int allowed = 0;
        for (int round = 0; round < 12; round++) {
            allowed += burst(one, LIMIT, 500) + burst(other, LIMIT, 500);
        }
        // what is held by one is missing for the other for a while, and comes back
        assertThat(allowed).isBetween(10_000 - 2 * UNITS, 10_000);
        int[] total = {allowed};
        await().atMost(LONG).until(() -> {
            total[0] += burst(one, LIMIT, 10) + burst(other, LIMIT, 10);
            return total[0] == 10_000;
        });
        assertThat(burst(one, LIMIT, 50) + burst(other, LIMIT, 50)).isZero();
    }

    @Test
    void givesBackWhatItDoesNotUse() {
        RedisStore store = gateway(Duration.ofMillis(100));
        int allowed = burst(store, LIMIT, 1_000);
        await().atMost(LONG).untilAsserted(() -> assertThat(remaining(LIMIT)).isEqualTo(10_000 - allowed));
    }

    /** Asked again after the time of what it holds, and before that was looked after. */
    @Test
    void givesBackWhatItDoesNotUseBetweenBursts() {
        RedisStore store = gateway(Duration.ofMillis(40));
        int[] allowed = {0};
        for (int round = 0; round < 60; round++) {
            allowed[0] += burst(store, LIMIT, 20);
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(remaining(LIMIT)).isEqualTo(10_000 - allowed[0]));
    }

    @Test
    void givesBackWhatItHoldsWhenItCloses() throws Exception {
        RedisStore watching = gateway(Duration.ofSeconds(60));
        RedisStore store = gateway(Duration.ofSeconds(60));
        int allowed = burst(store, LIMIT, 1_000);
        assertThat(remaining(LIMIT)).isLessThan(10_000 - allowed);
        store.close();
        assertThat(watching.counts().gateways()).isPositive();
        await().atMost(LONG).untilAsserted(() -> assertThat(remaining(LIMIT)).isEqualTo(10_000 - allowed));
    }

    @Test
    void aKeyThatIsAskedForNowAndThenGetsNothingInAdvance() throws Exception {
        RedisStore store = gateway(Duration.ofMillis(10));
        for (int i = 0; i < 20; i++) {
            assertThat(Asking.allows(store, LIMIT, new KeyHash(i, 0))).isTrue();
        }
        assertThat(Asking.allows(store, LIMIT, Asking.KEY)).isTrue();
        assertThat(remaining(LIMIT)).isEqualTo(9_999);
        assertThat(store.counts().leased()).isZero();
    }

    @Test
    void isNotGoodBeyondTheWindowItWasTakenIn() {
        FixedWindow window = new FixedWindow("window", 100, Duration.ofSeconds(1));
        LimitCode code = LimitCode.of(window, new Permits(Permits.LIFE));
        List<Charge> charges = List.of(new Charge(window, Asking.KEY, 1));
        Verdict verdict = new Verdict(List.of(code), charges, List.of(10L, 0L, 7_000L, 10L, 250_000L, 0L));
        assertThat(verdict.nanosGood()).isEqualTo(250_000_000L);
        assertThat(verdict.mark(0)).isEqualTo(7_000);
    }
}
