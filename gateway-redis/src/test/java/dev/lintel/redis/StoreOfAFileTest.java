package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.config.GatewayFile;
import dev.lintel.config.LoadedGateway;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file names a Redis once, and all who are described by it count there. */
class StoreOfAFileTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RedisServer redis = RedisServer.start();
    private final List<GatewayServer> gateways = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        for (GatewayServer gateway : gateways) {
            gateway.close();
        }
        redis.close();
    }

    private GatewayFile file(String options, int limit) throws IOException {
        return GatewayFile.of(
                Files.writeString(folder.resolve("gateway.yaml"), """
                version: 1
                server: { port: 0, host: 127.0.0.1, adminPort: none }
                stores:
                  shared: { redis: "%s", deadline: 5s, connectTimeout: 5s, startTimeout: 20s%s }
                routes:
                  - id: a
                    match: { path: /a }
                    auth: none
                    filters: [ { rateLimit: { limits: some=%d/10h, store: shared, storeDeadline: 8s } } ]
                    answer: { status: 200 }
                  - id: b
                    match: { path: /b }
                    auth: none
                    filters: [ { rateLimit: { limits: others=%d/10h, store: shared, storeDeadline: 8s } } ]
                    answer: { status: 200 }
                """.formatted(redis.uri(), options, limit, limit)));
    }

    private GatewayServer start(GatewayFile file) {
        LoadedGateway loaded = file.load();
        assertThat(loaded.report().errors()).as(loaded.report().text()).isEmpty();
        GatewayServer server = loaded.server().reloader(file).start();
        gateways.add(server);
        return server;
    }

    private Map<Integer, Integer> send(String path, int requests) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            int port = gateways.get(i % gateways.size()).port();
            statuses.merge(RawClient.exchange(port, RawRequest.get(path)).status(), 1, Integer::sum);
        }
        return statuses;
    }

    @Test
    void twoGatewaysFromOneFileShareALimit() throws IOException {
        GatewayFile file = file(", secret: hunter2", 10);
        start(file);
        start(file);

        assertThat(send("/a", 20)).isEqualTo(Map.of(200, 10, 429, 10));
        assertThat(send("/b", 20)).isEqualTo(Map.of(200, 10, 429, 10));
    }

    @Test
    void allFiltersHaveOneStoreWhichLivesOnOverAReloadAndEndsWithTheLast() throws IOException {
        GatewayServer server = start(file("", 3));
        List<RedisStore> first = RedisStoreProvider.OPEN.stores();
        assertThat(first).hasSize(1);
        assertThat(send("/a", 2)).isEqualTo(Map.of(200, 2));

        file("", 4);
        server.reload();
        assertThat(RedisStoreProvider.OPEN.stores()).isEqualTo(first);
        assertThat(send("/b", 5)).isEqualTo(Map.of(200, 4, 429, 1));

        file(", namespace: another", 4);
        server.reload();
        await().atMost(LONG).until(() -> RedisStoreProvider.OPEN.stores().size() == 1);
        assertThat(RedisStoreProvider.OPEN.stores()).doesNotContainAnyElementsOf(first);

        server.close();
        await().atMost(LONG).until(() -> RedisStoreProvider.OPEN.stores().isEmpty());
    }

    @Test
    void whatIsWrongWithItIsToldWhereItStandsBeforeAnythingStarts() throws IOException {
        LoadedGateway loaded =
                file(", secret: hunter2, leese: 10, maxPending: 0", 3).load();

        assertThat(loaded.report().text())
                .contains("gateway.yaml:4:", "did you mean 'lease'", "maxPending: 0")
                .doesNotContain("hunter2", redis.uri());
    }
}
