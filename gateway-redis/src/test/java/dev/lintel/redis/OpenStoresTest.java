package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.limit.RateLimitStore;
import dev.lintel.option.GatewayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenStoresTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final OpenStores open = new OpenStores();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aStoreThatTakesLongToStartKeepsNobodyElseWaiting() throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultProxy wire = FaultProxy.to(server)) {
            wire.set(FaultProxy.Wire.BLACK_HOLE);
            List<CompletableFuture<RateLimitStore>> slow = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                slow.add(CompletableFuture.supplyAsync(() -> open.open(options(wire.port())), threads));
            }
            await().atMost(LONG).until(wire::isConnected);

            RateLimitStore quick = CompletableFuture.supplyAsync(() -> open.open(options(server.port())), threads)
                    .get(20, TimeUnit.SECONDS);
            assertThat(slow).noneMatch(CompletableFuture::isDone);
            assertThat(open.stores()).hasSize(1);
            CompletableFuture.runAsync(quick::close, threads).get(20, TimeUnit.SECONDS);
            assertThat(open.stores()).isEmpty();

            wire.set(FaultProxy.Wire.RESETS);
            wire.set(FaultProxy.Wire.GOOD);
            List<RateLimitStore> started = new ArrayList<>();
            for (CompletableFuture<RateLimitStore> one : slow) {
                started.add(one.get(60, TimeUnit.SECONDS));
            }
            assertThat(open.stores()).hasSize(1);
            started.get(0).close();
            assertThat(open.stores()).hasSize(1);
            started.get(1).close();
            assertThat(open.stores()).isEmpty();
        }
    }

    @Test
    void whatCannotBeAStoreIsNotKept() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open.open(Map.of("uri", "http://localhost")))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("uri");
        }
        assertThat(open.stores()).isEmpty();
    }

    private static Map<String, String> options(int port) {
        return Map.of(
                "uri", "redis://127.0.0.1:" + port, "startTimeout", "30s", "connectTimeout", "10s", "deadline", "5s");
    }
}
