package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Time;
import dev.lintel.filters.ratelimit.CountsAlone;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests at the same time, counted by several gateways together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedPermitsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** Redis forgets by its own clock, which goes on: here nothing, however busy the machine is. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    /** Said again every second and a half, and long enough that this may be late by seconds. */
    private static final Duration SHORT = Duration.ofSeconds(6);

    private static final Concurrency THREE = Concurrency.of("three", 3);
    private static final TokenBucket ANY = TokenBucket.of("any", 1_000, Duration.ofHours(1));
    private static final List<Charge> ONE = List.of(new Charge(THREE, Asking.KEY, 1));

    private RedisServer server;
    private final MutableClock redis = MutableClock.create();

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

    private RedisStore gateway(Duration life) {
        return Patient.store(server)
                .permitLife(life)
                .clock(new Time(redis, redis.monotonic()))
                .build();
    }

    private static RateLimitDecision take(RedisStore gateway, List<Charge> charges) throws Exception {
        return gateway.acquire(charges, Time.system()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static RateLimitDecision look(RedisStore gateway) throws Exception {
        return gateway.peek(ONE, Time.system()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void end(RedisStore gateway, RateLimitDecision decision, List<Charge> charges) throws Exception {
        gateway.settle(decision, charges, new long[charges.size()])
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void gatewaysHoldNoMoreTogetherThanOneWouldAlone() throws Exception {
        try (RedisStore one = gateway(LIFE);
                RedisStore other = gateway(LIFE)) {
            List<RateLimitDecision> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RateLimitDecision decision = take(i % 2 == 0 ? one : other, ONE);
                assertThat(decision.isAllowed()).isTrue();
                assertThat(decision.remaining(0)).isEqualTo(2 - i);
                assertThat(decision.secondsToMore(0)).isZero();
                held.add(decision);
            }
            for (RedisStore gateway : List.of(one, other)) {
                RateLimitDecision refused = take(gateway, ONE);
                assertThat(refused.isAllowed()).isFalse();
                assertThat(refused.retryAfterSeconds()).isEqualTo(1);
            }
            end(other, held.get(1), ONE);
            assertThat(take(one, ONE).isAllowed()).isTrue();
            assertThat(take(other, ONE).isAllowed()).isFalse();
            // another key has permits of its own
            assertThat(take(other, List.of(new Charge(THREE, new KeyHash(7, 7), 1)))
                            .isAllowed())
                    .isTrue();
        }
    }

    @Test
    void areTakenWithAllOtherLimitsOfARequestOrNotAtAll() throws Exception {
        TokenBucket ten = TokenBucket.of("ten", 10, Duration.ofHours(1));
        TokenBucket one = TokenBucket.of("one", 1, Duration.ofHours(1));
        List<Charge> many = List.of(new Charge(ten, Asking.KEY, 1), ONE.get(0));
        List<Charge> few = List.of(ONE.get(0), new Charge(one, Asking.KEY, 1));
        try (RedisStore gateway = gateway(LIFE)) {
            RateLimitDecision first = take(gateway, few);
            assertThat(first.isAllowed()).isTrue();
            assertThat(take(gateway, few).isAllowed()).isFalse();
            assertThat(look(gateway).remaining(0))
                    .as("refused for another limit")
                    .isEqualTo(2);
            assertThat(take(gateway, many).isAllowed()).isTrue();
            assertThat(take(gateway, many).isAllowed()).isTrue();
            RateLimitDecision refused = take(gateway, many);
            assertThat(refused.isAllowed()).isFalse();
            assertThat(refused.remaining(0)).as("refused for a permit").isEqualTo(8);
            end(gateway, first, few);
            assertThat(look(gateway).remaining(0)).isEqualTo(1);
        }
    }

    @Test
    void thoseOfAGatewayThatDiesComeBack() throws Exception {
        try (RedisStore other = gateway(LIFE)) {
            try (RedisStore dies = gateway(LIFE)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(take(dies, ONE).isAllowed()).isTrue();
                }
            }
            redis.advance(LIFE.minusMillis(1));
            assertThat(take(other, ONE).isAllowed()).isFalse();
            redis.advance(Duration.ofMillis(1));
            assertThat(take(other, ONE).isAllowed()).isTrue();
            assertThat(look(other).remaining(0)).isEqualTo(2);
        }
    }

    @Test
    void areHeldForAsLongAsRequestsLast() throws Exception {
        try (RedisStore one = gateway(SHORT);
                RedisStore other = gateway(SHORT)) {
            List<RateLimitDecision> held = List.of(take(one, ONE), take(one, ONE), take(other, ONE));
            assertThat(held).allMatch(RateLimitDecision::isAllowed);
            for (int i = 0; i < 3; i++) {
                redis.advance(SHORT.minusMillis(1));
                String until = Long.toString(redis.millis() + SHORT.toMillis());
                await().atMost(LONG).until(() -> state().split(until, -1).length == 3);
                assertThat(take(other, ONE).isAllowed()).isFalse();
            }
            end(one, held.get(0), ONE);
            assertThat(take(other, ONE).isAllowed()).isTrue();
        }
    }

    @Test
    void whatRedisHasForgottenIsSaidAgain() throws Exception {
        try (RedisStore one = gateway(SHORT);
                RedisStore other = gateway(SHORT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(take(one, ONE).isAllowed()).isTrue();
            }
            server.call("FLUSHALL");
            await().atMost(LONG).until(() -> look(other).remaining(0) == 0);
            assertThat(take(other, ONE).isAllowed()).isFalse();
        }
    }

    @Test
    void whatWasGivenBackWhileRedisDidNotAnswerIsFreeWhenItDoes() throws Exception {
        try (RedisStore one = gateway(SHORT);
                RedisStore other = gateway(SHORT)) {
            List<RateLimitDecision> held = List.of(take(one, ONE), take(one, ONE), take(one, ONE));
            server.call("CONFIG", "SET", "maxmemory", "1");
            for (RateLimitDecision decision : held) {
                assertThat(one.settle(decision, ONE, new long[1]).toCompletableFuture())
                        .failsWithin(LONG);
            }
            server.call("CONFIG", "SET", "maxmemory", "0");
            await().atMost(LONG).until(() -> Asking.decided(Asking.ask(other, ANY)) != null);
            await().atMost(LONG).until(() -> look(other).remaining(0) == 3);
        }
    }

    /** Time and again the same is asked of Redis and of a limiter alone, while requests come and end. */
    @Test
    void areCountedAsByOneGatewayAlone() throws Exception {
        RateLimiter alone = CountsAlone.of(List.of(THREE));
        Random random = new Random(3);
        Deque<RateLimitDecision> shared = new ArrayDeque<>();
        Deque<RateLimitDecision> own = new ArrayDeque<>();
        try (RedisStore gateway = gateway(LIFE)) {
            for (int i = 0; i < 500; i++) {
                if (random.nextInt(3) == 0 && !shared.isEmpty()) {
                    end(gateway, shared.remove(), ONE);
                    CountsAlone.end(alone, own.remove(), ONE, Time.system());
                }
                RateLimitDecision decision = take(gateway, ONE);
                RateLimitDecision expected = alone.acquire(ONE, Time.system());
                assertThat(decision.states()).isEqualTo(expected.states());
                assertThat(decision.retryAfterSeconds()).isEqualTo(expected.retryAfterSeconds());
                if (expected.isAllowed()) {
                    shared.add(decision);
                    own.add(expected);
                }
            }
        }
    }

    @Test
    void clientsOfTwoGatewaysGetThoseThatEndedRequestsHeld() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.ok("served").after(go));
                RedisStore one = gateway(LIFE);
                RedisStore other = gateway(LIFE);
                GatewayServer first = GatewayServer.start(proxying(upstream, one), 0);
                GatewayServer second = GatewayServer.start(proxying(upstream, other), 0)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int port = (i % 2 == 0 ? first : second).port();
                clients.add(RawClient.connect(port).send(RawRequest.get("/x")));
                upstream.awaitHeads(i + 1);
            }
            RawResponse refused = RawClient.exchange(second.port(), RawRequest.get("/x"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"three\";q=3;qu=\"concurrent-requests\"");
            go.countDown();
            for (RawClient client : clients) {
                assertThat(client.readResponse().status()).isEqualTo(200);
                client.close();
            }
            await().atMost(LONG)
                    .until(() -> RawClient.exchange(first.port(), RawRequest.get("/x"))
                                    .status()
                            == 200);
        }
    }

    private static Gateway proxying(ScriptedUpstream upstream, RedisStore store) {
        return Gateway.builder()
                .upstream(Upstream.named("service").target("http://127.0.0.1:" + upstream.port()))
                .route(Route.named("all")
                        .path("/**")
                        .filter(RateLimitFilter.builder()
                                .limit(THREE)
                                .store(store)
                                .scope("all")
                                .storeDeadline(Duration.ofSeconds(8))
                                .build())
                        .to("service"))
                .build();
    }

    private String state() {
        if (!(server.call("KEYS", "lintel:three.*") instanceof List<?> keys) || keys.isEmpty()) {
            return "";
        }
        String key = String.valueOf(keys.get(0));
        long lasts = server.number("PTTL", key);
        if (lasts == -2) {
            return "";
        }
        assertThat(lasts).as("K25: it ends").isNotEqualTo(-1);
        return String.valueOf(server.call("GET", key));
    }
}
