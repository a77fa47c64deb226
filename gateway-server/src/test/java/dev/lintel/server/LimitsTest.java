package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(Route.named("hello").path("/hello").answer(200, "text/plain", "hello"))
            .build();

    private static final String HALF_A_HEAD = "GET /hello HTTP/1.1\r\nHost: localhost\r\nX-A: ";

    @Test
    void closesConnectionWhoseHeadDrips() {
        try (GatewayServer server = GatewayServer.builder(GATEWAY)
                        .port(0)
                        .headTimeout(Duration.ofMillis(200))
                        .start();
                RawClient client = RawClient.connect(server.port())) {
            client.send(HALF_A_HEAD);
            dripUntilClosed(client);
        }
    }

    @Test
    void closesConnectionWhoseSecondHeadDrips() {
        try (GatewayServer server = GatewayServer.builder(GATEWAY)
                        .port(0)
                        .headTimeout(Duration.ofSeconds(3))
                        .start();
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/hello"));
            assertThat(client.readResponse().status()).isEqualTo(200);
            client.send(HALF_A_HEAD);
            dripUntilClosed(client);
        }
    }

    @Test
    void countsOnlyHeadsAgainstTheirTime() throws InterruptedException {
        CountDownLatch later = new CountDownLatch(1);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.ok("late").after(later));
                GatewayServer server = GatewayServer.builder(gatewayTo(upstream))
                        .port(0)
                        .headTimeout(Duration.ofMillis(500))
                        .start();
                RawClient dripping = RawClient.connect(server.port());
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/slow"));
            upstream.awaitHeads(1);
            // the other connection, closed for its head, shows that the time is over
            dripping.send(HALF_A_HEAD);
            dripUntilClosed(dripping);
            later.countDown();
            assertThat(client.readResponse().bodyText()).isEqualTo("late");
        }
    }

    @Test
    void closesIdleConnection() {
        try (GatewayServer server = GatewayServer.builder(GATEWAY)
                        .port(0)
                        .idleTimeout(Duration.ofMillis(200))
                        .start();
                RawClient silent = RawClient.connect(server.port());
                RawClient kept = RawClient.connect(server.port())) {
            silent.awaitClosed();
            kept.awaitClosed();
        }
    }

    @Test
    void closesConnectionThatGoesOnSendingAfterItsAnswer() {
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.NEVER)
                        .start(request -> Answer.of(413, "too long"));
                GatewayServer server = GatewayServer.builder(gatewayTo(upstream))
                        .port(0)
                        .headTimeout(Duration.ofSeconds(2))
                        .start();
                RawClient client = RawClient.connect(server.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000000\r\n\r\nsome of it");
            assertThat(client.readResponse().status()).isEqualTo(413);
            client.awaitClosed();
        }
    }

    @Test
    void holdsNoMoreConnectionsThanAllowed() {
        try (GatewayServer server =
                        GatewayServer.builder(GATEWAY).port(0).maxConnections(2).start();
                RawClient first = RawClient.connect(server.port());
                RawClient second = RawClient.connect(server.port())) {
            first.send(RawRequest.get("/hello"));
            assertThat(first.readResponse().status()).isEqualTo(200);
            second.send(RawRequest.get("/hello"));
            assertThat(second.readResponse().status()).isEqualTo(200);
            try (RawClient third = RawClient.connect(server.port())) {
                third.send(RawRequest.get("/hello"));
                assertThatThrownBy(() -> third.within(Duration.ofMillis(300)).readResponse())
                        .isInstanceOf(AssertionError.class);
                first.reset();
                third.within(Duration.ofSeconds(10));
                assertThat(third.readResponse().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void keepsToSmallerLimits() {
        try (GatewayServer server = GatewayServer.builder(GATEWAY)
                .port(0)
                .maxHeadSize(2048)
                .maxHeaderFields(3)
                .maxUriLength(20)
                .start()) {
            int port = server.port();
            assertThat(status(port, RawRequest.get("/hello?" + "a".repeat(13)))).isEqualTo(200);
            assertThat(status(port, RawRequest.get("/hello?" + "a".repeat(14)))).isEqualTo(414);
            assertThat(status(port, RawRequest.get("/hello").header("A", "b").header("C", "d")))
                    .isEqualTo(200);
            assertThat(status(
                            port,
                            RawRequest.get("/hello")
                                    .header("A", "b")
                                    .header("C", "d")
                                    .header("E", "f")))
                    .isEqualTo(431);
            assertThat(status(port, RawRequest.get("/hello").header("A", "b".repeat(2048))))
                    .isEqualTo(431);
        }
    }

    private static Gateway gatewayTo(ScriptedUpstream upstream) {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    private static int status(int port, RawRequest request) {
        return RawClient.exchange(port, request).status();
    }

    /** Sends a byte whenever nothing has come for a moment, as a client would that means to hold the connection. */
    static void dripUntilClosed(RawClient client) {
        for (int i = 0; i < 3000; i++) {
            if (client.isClosedByPeer()) {
                return;
            }
            try {
                client.send("a");
            } catch (UncheckedIOException closed) {
                return;
            }
        }
        throw new AssertionError("connection: open after 3000 bytes (expected: closed)");
    }
}
