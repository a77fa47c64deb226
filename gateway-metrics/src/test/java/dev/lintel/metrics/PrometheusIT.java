package dev.lintel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Debian's {@code prometheus}; the command is in docs/metrics.md. */
class PrometheusIT {

    private final GatewayServer server = GatewayServer.start(
            Gateway.builder()
                    .filter(new MetricsFilter())
                    .route(Route.named("all").path("/all/**").answer(200, "text/plain", "in"))
                    .build(),
            0);

    @TempDir
    Path directory;

    @BeforeEach
    void ask() {
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/all/1")).status())
                .isEqualTo(200);
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/none")).status())
                .isEqualTo(404);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void promtoolHasNothingToSayAboutThePage() throws Exception {
        Path page = directory.resolve("page.txt");
        Files.write(
                page,
                RawClient.exchange(server.adminUri().getPort(), RawRequest.get("/metrics"))
                        .body());
        Path said = directory.resolve("said.txt");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(page.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    @Test
    void prometheusReadsThePage() throws Exception {
        int port = freePort();
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(config, """
                global: { scrape_interval: 1s }
                scrape_configs:
                  - job_name: lintel
                    static_configs: [ { targets: ["127.0.0.1:%d"] } ]
                """.formatted(server.adminUri().getPort()));
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        try {
            RawRequest query =
                    RawRequest.get("/api/v1/query?query=gateway_requests_seconds_count%7Broute%3D%22all%22%7D");
            await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() -> {
                RawResponse answer = RawClient.exchange(port, query);
                assertThat(answer.bodyText()).contains("\"route\":\"all\"").contains("\"outcome\":\"answered\"");
            });
        } finally {
            prometheus.destroy();
            assertThat(prometheus.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
