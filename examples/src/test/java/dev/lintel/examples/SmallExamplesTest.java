package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.demo.LocalServer;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class SmallExamplesTest {

    @Test
    void embeddedGatewayAsksForToken() {
        try (GatewayServer server = GatewayServer.start(Embedded.gateway(), 0)) {
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/api/orders/1"))
                            .status())
                    .isEqualTo(401);
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/api/users/1"))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void filterAloneGuardsAnApplication() throws Exception {
        Server server = FilterAlone.start(0);
        try {
            int port = server.getURI().getPort();
            assertThat(RawClient.exchange(port, RawRequest.get("/hello")).status())
                    .isEqualTo(401);
            var answer = RawClient.exchange(
                    port,
                    RawRequest.get("/hello").header("X-API-Key", "demo-key").header("X-Consumer-ID", "root"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.bodyText()).isEqualToNormalizingNewlines("hello demo\n");
        } finally {
            server.stop();
        }
    }

    @Test
    void monolithKeepsWhatHasNotMoved() throws Exception {
        try (LocalServer orders = Monolith.startOrders(0)) {
            Server server = Monolith.start(0, orders.url());
            try {
                int port = server.getURI().getPort();
                var kept = RawClient.exchange(port, RawRequest.get("/invoices/1"));
                assertThat(kept.bodyText()).isEqualToNormalizingNewlines("the application at /invoices/1\n");
                assertThat(kept.hasHeader("X-Request-ID")).isTrue();
                assertThat(RawClient.exchange(port, RawRequest.get("/orders/1")).status())
                        .isEqualTo(401);
                var moved = RawClient.exchange(port, RawRequest.get("/orders/1").header("X-API-Key", "demo-key"));
                assertThat(moved.bodyText()).isEqualTo("orders for demo\n");
            } finally {
                server.stop();
            }
        }
    }
}
