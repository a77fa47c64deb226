package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest(name = "one loop: {0}")
    @ValueSource(booleans = {true, false})
    void admitsAnEncodedSlashOnlyWhereTheRouteSaysSo(boolean oneLoop) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                GatewayServer server = GatewayServer.builder(Gateway.builder()
                                .upstream(Upstream.named("service").target(upstream.url()))
                                .route(Route.named("plain").path("/plain/{x}").to("service"))
                                .route(Route.named("slashes")
                                        .path("/slashes/{x}")
                                        .allowEncodedSlashes()
                                        .to("service"))
                                .build())
                        .port(0)
                        .oneLoop(oneLoop)
                        .start()) {
            for (String refused : new String[] {"/plain/a%2Fb", "/nothing/a%2fb", "/slashes%2Fa"}) {
                RawResponse response = RawClient.exchange(server.port(), RawRequest.get(refused));
                assertThat(response.status()).as(refused).isEqualTo(400);
                assertThat(response.bodyText()).contains("\"rule\":\"encoded-slash\"");
            }
            assertThat(upstream.requests()).isEmpty();
            for (String admitted : new String[] {"/slashes/a%2Fb", "/slashes/a%2fb", "/slashes/%2F"}) {
                upstream.forget();
                assertThat(RawClient.exchange(server.port(), RawRequest.get(admitted))
                                .status())
                        .as(admitted)
                        .isEqualTo(200);
                assertThat(upstream.awaitRequest().target()).isEqualTo(admitted);
            }
        }
    }
}
