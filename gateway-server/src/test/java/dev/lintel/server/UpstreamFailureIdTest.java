package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.TargetSource;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answer for an upstream that fails names the request, in its body as in its field. */
class UpstreamFailureIdTest {

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({
        "/refusing, 502, upstream-refused",
        "/closing,  502, upstream-no-answer",
        "/garbled,  502, upstream-malformed",
        "/nobody,   503, upstream-unavailable",
        "/silent,   504, upstream-timeout",
        "/endless,  504, upstream-timeout"
    })
    void carriesTheSameIdTwice(String path, int status, String rule) {
        for (boolean oneLoop : new boolean[] {true, false}) {
            try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> switch (request.path()) {
                        case "/closing" -> Answer.close();
                        case "/garbled" -> Answer.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                        default -> Answer.hold();
                    });
                    DeadPort dead = DeadPort.refusing();
                    GatewayServer server = GatewayServer.builder(gateway(upstream, dead))
                            .port(0)
                            .oneLoop(oneLoop)
                            .start()) {
                RawResponse response = RawClient.exchange(server.port(), RawRequest.get(path));

                assertThat(response.status()).isEqualTo(status);
                assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(response.header("X-Request-Id")).isNotBlank();
                assertThat(response.bodyText())
                        .contains("\"rule\":\"" + rule + "\"")
                        .contains("\"requestId\":\"" + response.header("X-Request-Id") + "\"");
            }
        }
    }

    private static Gateway gateway(ScriptedUpstream upstream, DeadPort dead) {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .upstream(Upstream.named("dead").target(dead.url()))
                .upstream(Upstream.named("nobody").targets(TargetSource.of(List.of())))
                .route(Route.named("refusing")
                        .path("/refusing")
                        .filter(RequestIdFilter.create())
                        .to("dead"))
                .route(Route.named("nobody")
                        .path("/nobody")
                        .filter(RequestIdFilter.create())
                        .to("nobody"))
                .route(Route.named("endless")
                        .path("/endless")
                        .totalTimeout(Duration.ofMillis(500))
                        .filter(RequestIdFilter.create())
                        .to("service"))
                .route(Route.named("silent")
                        .path("/silent")
                        .firstByteTimeout(Duration.ofMillis(500))
                        .filter(RequestIdFilter.create())
                        .to("service"))
                .route(Route.named("all")
                        .path("/**")
                        .filter(RequestIdFilter.create())
                        .to("service"))
                .build();
    }
}
