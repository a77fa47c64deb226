package dev.lintel.examples;

import static dev.lintel.filters.anyof.AnyOfFilter.anyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.EchoService;
import dev.lintel.testing.IssuerFault;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestIssuer;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route that asks for a token or a key, from socket to socket. */
class EitherRouteTest {

    private static final String KEY = "k-3f9Ad71-Qz0Lr8wYx2Vb";

    private final TestIssuer issuer = TestIssuer.start();
    private final EchoService orders = EchoService.start("orders", "1");
    private final GatewayServer server = GatewayServer.builder(Gateway.builder()
                    .upstream(Upstream.named("orders").target(orders.url()))
                    .route(Route.named("orders")
                            .path("/orders/**")
                            .filter(anyOf(
                                    JwtAuthFilter.builder()
                                            .issuer(issuer.url())
                                            .anyAudience(true)
                                            .build(),
                                    ApiKeyAuthFilter.builder()
                                            .plainKey("shop", KEY)
                                            .build()))
                            .to("orders"))
                    .route(Route.named("open").path("/open/**").to("orders"))
                    .build())
            .port(0)
            .adminPort(0)
            .start();

    /** A request waits for the first keys, but not longer than a second. */
    @BeforeEach
    void waitForKeys() {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        get(RawRequest.get("/orders/1").bearer(issuer.token().sign()))
                                        .status()
                                == 200);
    }

    @AfterEach
    void stop() {
        issuer.fail(IssuerFault.NONE);
        server.close();
        orders.close();
        issuer.close();
    }

    private RawResponse get(RawRequest request) {
        return RawClient.exchange(server.port(), request);
    }

    @Test
    void passesWithEither() {
        assertThat(get(RawRequest.get("/orders/1").bearer(issuer.token().sign()))
                        .bodyText())
                .contains("[\"X-User-ID\",\"alice\"]")
                .doesNotContain("Authorization");
        assertThat(get(RawRequest.get("/orders/1").header("X-API-Key", KEY)).bodyText())
                .contains("[\"X-Consumer-ID\",\"shop\"]")
                .doesNotContain(KEY);
        assertThat(get(RawRequest.get("/orders/1")).status()).isEqualTo(401);
    }

    @Test
    void ownsTheFieldsOfBothOnAllRoutes() {
        assertThat(get(RawRequest.get("/open/x").header("X-User-ID", "root").header("x.consumer.id", "root"))
                        .bodyText())
                .contains("\"path\":\"/open/x\"")
                .doesNotContain("root");
    }

    /** The request is set aside without a thread; the filter that asked, not the one asked, decides when it goes on. */
    @Test
    void decidesAnewWhenTheKeysAreThere() {
        get(RawRequest.get("/orders/1").bearer(issuer.token().sign()));
        issuer.rotate();
        for (boolean good : new boolean[] {true, false}) {
            issuer.fail(IssuerFault.HANG);
            int before = issuer.keySetFetches();
            try (RawClient client = RawClient.connect(server.port())) {
                String token = issuer.token().sign();
                client.send(RawRequest.get("/orders/2")
                        .bearer(good ? token : issuer.token().keyId("new").sign()));
                if (good) {
                    issuer.awaitKeySetFetches(before + 1);
                    issuer.fail(IssuerFault.NONE);
                }
                RawResponse response = client.readResponse();
                assertThat(response.status()).isEqualTo(good ? 200 : 401);
            }
        }
    }
}
