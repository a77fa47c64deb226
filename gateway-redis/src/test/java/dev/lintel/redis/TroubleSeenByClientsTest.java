package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows K16, K17, K18, K20, K21 and K24 of the hostile inputs, seen by clients of a gateway that serves: with all options as they are
 * unless told, nobody is told of an error because of Redis, whatever happens to it.
 */
class TroubleSeenByClientsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LIMIT = 30;
    private static final int AT_ONCE = 64;
    private static final RawRequest REQUEST = RawRequest.get("/");

    private final Map<Integer, Integer> statuses = new TreeMap<>();

    static Stream<Arguments> faults() {
        return Fault.all().map(fault -> Arguments.of(fault.name(), fault));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void nobodyIsToldOfAnErrorWhateverHappensToRedis(String name, Fault fault) throws Exception {
        try (RedisServer redis = RedisServer.start();
                FaultProxy wire = FaultProxy.to(redis);
                RedisStore store = RedisStore.builder()
                        .uri("redis://127.0.0.1:" + wire.port())
                        .build()) {
            RateLimitFilter limits = RateLimitFilter.builder()
                    .limit("thirty", LIMIT, Duration.ofHours(10))
                    .store(store)
                    .build();
            try (GatewayServer gateway = GatewayServer.start(
                    Gateway.builder()
                            .route(Route.named("all").path("/**").filter(limits).answer(200, "text/plain", "served"))
                            .build(),
                    0)) {
                Fault.Setup setup = new Fault.Setup(redis, wire);
                await().atMost(LONG).until(() -> isDecidedByRedis(gateway, limits));

                fault.begin().accept(setup);
                sendAtOnce(gateway);
                await().atMost(LONG).until(() -> {
                    send(gateway);
                    return !store.status().available();
                });
                long unasked = store.counts().unasked();
                for (int i = 0; i < AT_ONCE; i++) {
                    send(gateway);
                }
                assertThat(store.counts().unasked())
                        .as("requests that waited for nobody")
                        .isEqualTo(unasked + AT_ONCE);

                fault.end().accept(setup);
                await().atMost(LONG).until(() -> isDecidedByRedis(gateway, limits));
                for (int i = 0; i < 2 * LIMIT; i++) {
                    send(gateway);
                }
            }
        }
        assertThat(statuses).containsOnlyKeys(200, 429);
        // what Redis had granted, what this gateway has granted in between, and what Redis grants after it has
        // forgotten
        assertThat(statuses.get(200)).isBetween(LIMIT, 3 * LIMIT);
    }

    private void send(GatewayServer gateway) {
        note(RawClient.exchange(gateway.port(), REQUEST).status());
    }

    /** More than there are threads: were one of them to wait for Redis, others would wait for the thread. */
    private void sendAtOnce(GatewayServer gateway) {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(RawClient.connect(gateway.port()).send(REQUEST));
            }
            clients.forEach(client -> note(client.readResponse().status()));
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private void note(int status) {
        statuses.merge(status, 1, Integer::sum);
    }

    private boolean isDecidedByRedis(GatewayServer gateway, RateLimitFilter limits) {
        long before = limits.view().storeFailures();
        send(gateway);
        return limits.view().storeFailures() == before;
    }
}
