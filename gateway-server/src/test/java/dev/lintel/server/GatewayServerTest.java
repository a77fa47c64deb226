package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import org.junit.jupiter.api.Test;

class GatewayServerTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(Route.named("hello").path("/hello").answer(200, "text/plain", "hello"))
            .build();

    @Test
    void answersByTheGateway() {
        try (GatewayServer server = GatewayServer.start(GATEWAY, 0)) {
            var answer = RawClient.exchange(server.port(), RawRequest.get("/hello"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.bodyText()).isEqualTo("hello");
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/other"))
                            .status())
                    .isEqualTo(404);
        }
    }
}
