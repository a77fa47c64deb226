package dev.lintel.examples;

import static dev.lintel.filters.anyof.AnyOfFilter.anyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.AuthenticatingFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.IssuerFault;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestIssuer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says at {@code /ready} while an issuer is away. */
class ReadinessTest {

    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void stop() {
        issuer.fail(IssuerFault.NONE);
        issuer.close();
    }

    private GatewayServer server(boolean keysBeforeReady, boolean combined) {
        AuthenticatingFilter filter = JwtAuthFilter.builder()
                .issuer(issuer.url())
                .anyAudience(true)
                .keysBeforeReady(keysBeforeReady)
                .build();
        if (combined) {
            filter = anyOf(
                    filter,
                    ApiKeyAuthFilter.builder().plainKey("demo", "demo-key").build());
        }
        return GatewayServer.builder(Gateway.builder()
                        .route(Route.named("all").path("/**").filter(filter).answer(200, "text/plain", "in"))
                        .build())
                .port(0)
                .adminPort(0)
                .start();
    }

    private static RawResponse ready(GatewayServer server) {
        return RawClient.exchange(server.adminUri().getPort(), RawRequest.get("/ready"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForTheFirstKeysIfToldSo(boolean combined) {
        issuer.fail(IssuerFault.HANG);
        try (GatewayServer server = server(true, combined)) {
            RawResponse waiting = ready(server);
            assertThat(waiting.status()).isEqualTo(503);
            assertThat(waiting.bodyText()).isEqualTo("{\"status\":\"waiting\"}");
            assertThat(RawClient.exchange(server.adminUri().getPort(), RawRequest.get("/health"))
                            .status())
                    .isEqualTo(200);
            issuer.fail(IssuerFault.NONE);
            // a fetch that has been given up is begun again after ten seconds
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ready(server).status()).isEqualTo(200));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotWaitOtherwise(boolean combined) {
        issuer.fail(IssuerFault.REFUSE);
        try (GatewayServer server = server(false, combined)) {
            assertThat(ready(server).bodyText()).isEqualTo("{\"status\":\"ready\"}");
        }
    }
}
