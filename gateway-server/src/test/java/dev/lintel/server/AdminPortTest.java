package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        // a port that nobody else is given on 127.0.0.1
        try (DeadPort elsewhere = DeadPort.refusing();
                GatewayServer other = GatewayServer.builder(GATEWAY)
                        .port(0)
                        .adminHost("127.0.0.2")
                        .adminPort(elsewhere.port())
                        .start()) {
            assertThat(other.adminUri().getHost()).isEqualTo("127.0.0.2");
            assertThatThrownBy(() -> RawClient.connect(elsewhere.port())).hasMessageContaining("connect");
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

    /** The admin port has few connections, which nobody may hold by heads that never end. */
    @Test
    void closesConnectionsWhoseHeadDrips() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        try (GatewayServer impatient = GatewayServer.builder(GATEWAY)
                        .port(0)
                        .headTimeout(Duration.ofSeconds(3))
                        .adminResource(new Late(asked, later))
                        .start();
                RawClient waiting = RawClient.connect(impatient.adminUri().getPort());
                RawClient first = RawClient.connect(impatient.adminUri().getPort());
                RawClient second = RawClient.connect(impatient.adminUri().getPort())) {
            waiting.send(RawRequest.get("/late"));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            first.send("GET /health HTTP/1.1\r\nHost: local");
            second.send(RawRequest.get("/health"));
            assertThat(second.readResponse().status()).isEqualTo(200);
            second.send("GET /health HTTP/1.1\r\nHost: local");
            LimitsTest.dripUntilClosed(first);
            LimitsTest.dripUntilClosed(second);
            // a request takes what it takes
            later.countDown();
            assertThat(waiting.readResponse().bodyText()).isEqualTo("late");
        }
    }

    private record Late(CountDownLatch asked, CountDownLatch until) implements AdminResource {

        @Override
        public String path() {
            return "/late";
        }

        @Override
        public AdminAnswer answer(AdminRequest request) {
            asked.countDown();
            try {
                var unused = until.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return AdminAnswer.text(200, "late");
        }
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
