package dev.lintel.redis;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two gateways and one Redis, seen by clients. Rows of group K of the hostile inputs by name. */
class SharedLimitsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LIMIT = 20;

    private final RedisServer redis = RedisServer.start();
    private final List<RedisStore> stores = new ArrayList<>();
    private final List<GatewayServer> gateways = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (GatewayServer gateway : gateways) {
            gateway.close();
        }
        stores.forEach(RedisStore::close);
        redis.close();
    }

    private GatewayServer gateway(RateLimitFilter.StoreError onError) {
        RedisStore store = RedisStore.builder()
                .uri(redis.uri())
                .deadline(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(5))
                .startTimeout(Duration.ofSeconds(20))
                .build();
        stores.add(store);
        Gateway gateway = Gateway.builder()
                .route(Route.named("all")
                        .path("/**")
                        .filter(RateLimitFilter.builder()
                                .limit("twenty", LIMIT, Duration.ofHours(10))
                                .key(by(header("Who")))
                                .store(store)
                                .storeDeadline(Duration.ofSeconds(8))
                                .onStoreError(onError)
                                .build())
                        .answer(200, "text/plain", "served"))
                .build();
        GatewayServer server = GatewayServer.start(gateway, 0);
        gateways.add(server);
        return server;
    }

    /** How many requests got which status, sent to the gateways in turn. */
    private Map<Integer, Integer> send(String who, int requests) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            statuses.merge(get(gateways.get(i % gateways.size()), who).status(), 1, Integer::sum);
        }
        return statuses;
    }

    private static RawResponse get(GatewayServer gateway, String who) {
        return RawClient.exchange(gateway.port(), RawRequest.get("/").header("Who", who));
    }

    @Test
    void k33TwoGatewaysLetInTogetherWhatOneWould() {
        gateway(RateLimitFilter.StoreError.LOCAL);
        gateway(RateLimitFilter.StoreError.LOCAL);
        assertThat(send("alice", 2 * LIMIT)).isEqualTo(Map.of(200, LIMIT, 429, LIMIT));
        RawResponse refused = get(gateways.get(1), "alice");
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(refused.header("RateLimit")).startsWith("\"twenty\";r=0;t=");
        assertThat(send("bob", 2)).isEqualTo(Map.of(200, 2));
    }

    @Test
    void k16WithoutRedisEachGatewayLetsInItsPartAndNobodyIsToldOfAnError() {
        gateway(RateLimitFilter.StoreError.LOCAL);
        gateway(RateLimitFilter.StoreError.LOCAL);
        await().atMost(LONG).until(() -> stores.stream().allMatch(store -> store.sharers() == 2));
        redis.kill();
        await().atMost(LONG)
                .until(() -> stores.stream().noneMatch(store -> store.status().available()));
        assertThat(send("alice", 3 * LIMIT)).isEqualTo(Map.of(200, LIMIT, 429, 2 * LIMIT));
        redis.restart();
        await().atMost(LONG)
                .until(() -> stores.stream().allMatch(store -> store.status().available()));
        // Redis has forgotten: once more the limit, and no more than that
        assertThat(send("alice", 3 * LIMIT)).isEqualTo(Map.of(200, LIMIT, 429, 2 * LIMIT));
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, 200", "DENY, 503"})
    void k16WithoutRedisRequestsPassOrAreRefusedIfToldSo(RateLimitFilter.StoreError choice, int status) {
        gateway(choice);
        redis.kill();
        await().atMost(LONG).until(() -> !stores.get(0).status().available());
        assertThat(send("alice", 2 * LIMIT)).isEqualTo(Map.of(status, 2 * LIMIT));
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL, 200, 'decided here, as one of 1, since the store does not: redis://127.0.0.1:'",
        "ALLOW, 200, 'passes uncounted, since the store does not decide: redis://127.0.0.1:'",
        "DENY, 503, 'refused, since the store does not decide: redis://127.0.0.1:'"
    })
    void tellsWhoWouldDecideNow(RateLimitFilter.StoreError choice, int status, String words) {
        GatewayServer gateway = gateway(choice);
        RequestDescription alice = RequestDescription.of("GET", "/").header("Who", "alice");
        send("alice", 3);
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.explain(alice).text())
                    .contains("decided by the store: redis://127.0.0.1:", "twenty: 17 of 20 left");
        }
        redis.kill();
        await().atMost(LONG).until(() -> !stores.get(0).status().available());
        Explanation told = gateway.explain(alice);
        assertThat(told.status()).isEqualTo(status);
        assertThat(told.text()).contains(words);
    }
}
