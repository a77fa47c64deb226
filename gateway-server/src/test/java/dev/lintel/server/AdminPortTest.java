package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminPortTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(Route.named("all").path("/**").answer(200, "text/plain", "gateway"))
            .build();

    private final GatewayServer server = GatewayServer.start(GATEWAY, 0);
    private final int port = server.adminUri().getPort();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listensOnLoopbackUnlessToldOtherwise() {
        assertThat(server.adminUri().getHost()).isEqualTo("127.0.0.1");
        try (GatewayServer other =
                GatewayServer.builder(GATEWAY).port(0).adminHost("127.0.0.2").start()) {
            assertThat(other.adminUri().getHost()).isEqualTo("127.0.0.2");
            assertThatThrownBy(() -> RawClient.connect(other.adminUri().getPort()))
                    .hasMessageContaining("connect");
        }
    }

    @Test
    void tellsThatItLivesAndIsReady() {
        RawResponse health = RawClient.exchange(port, RawRequest.get("/health"));
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.bodyText()).isEqualTo("{\"status\":\"alive\"}");
        assertThat(health.header("Content-Type")).isEqualTo("application/json");
        assertThat(health.header("Cache-Control")).isEqualTo("no-store");
        assertThat(health.hasHeader("Server")).isFalse();
        RawResponse ready = RawClient.exchange(port, RawRequest.get("/ready"));
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.bodyText()).isEqualTo("{\"status\":\"ready\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready"})
    void answersHeadWithoutBody(String path) {
        RawResponse answer = RawClient.exchange(port, RawRequest.of("HEAD", path));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isNotEqualTo("0");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    void answersNoOtherMethod(String method) {
        RawResponse answer = RawClient.exchange(port, RawRequest.of(method, "/health"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/Health", "/health/", "/health/x", "/health;x", "/ready%2f", "/metrics", "/..", "//health"
            })
    void servesNothingElse(String path) {
        assertThat(RawClient.exchange(port, RawRequest.get(path)).status()).isIn(400, 404);
    }

    @Test
    void canBeLeftOut() {
        try (GatewayServer without =
                GatewayServer.builder(GATEWAY).port(0).withoutAdminPort().start()) {
            assertThatThrownBy(without::adminUri).hasMessage("adminUri: no admin port (expected: adminPort)");
            // nor does the gateway's own port answer in its place
            assertThat(RawClient.exchange(without.port(), RawRequest.get("/health"))
                            .bodyText())
                    .isEqualTo("gateway");
        }
    }
}
