package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route that asks for tokens, from socket to socket: server, router, filter, proxy and issuer together. */
class TokenRouteTest {

    private final TestIssuer issuer = TestIssuer.start();
    private final EchoService orders = EchoService.start("orders", "1");
    private final GatewayServer server = GatewayServer.builder(Gateway.builder()
                    .upstream(Upstream.named("orders").target(orders.url()))
                    .route(Route.named("orders")
                            .path("/api/orders/**")
                            .filter(JwtAuthFilter.builder()
                                    .issuer(issuer.url())
                                    .anyAudience(true)
                                    .build())
                            .stripPrefix("/api")
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
                .until(() -> get("/api/orders/1", bearer()).status() == 200);
    }

    @AfterEach
    void stop() {
        issuer.fail(IssuerFault.NONE);
        server.close();
        orders.close();
        issuer.close();
    }

    private RawResponse get(String path, String... lines) {
        RawRequest request = RawRequest.get(path);
        for (String line : lines) {
            request = request.line(line);
        }
        try (RawClient client = RawClient.connect(server.port())) {
            return client.send(request).readResponse();
        }
    }

    private String bearer() {
        return "Authorization: Bearer "
                + issuer.token().claim("roles", List.of("admin", "user")).sign();
    }

    @Test
    void tellsTheServiceWhoIsCalling() {
        RawResponse response = get("/api/orders/7", bearer(), "X-User-ID: root", "x.user-role: root");
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        assertThat(response.bodyText())
                .contains("[\"X-User-ID\",\"alice\"]", "[\"X-User-Role\",\"admin,user\"]", "\"path\":\"/orders/7\"")
                .doesNotContain("root", "Authorization");
    }

    @Test
    void keepsIdentityWhateverConnectionSays() {
        for (String options : List.of("X-User-ID", "close, X-User-ID, X-User-Role", "x-user-id")) {
            RawResponse response = get("/api/orders/7", bearer(), "Connection: " + options);
            if (response.status() == 200) {
                assertThat(response.bodyText()).contains("[\"X-User-ID\",\"alice\"]");
            } else {
                assertThat(response.status()).isEqualTo(400);
            }
        }
    }

    @Test
    void ownsItsFieldsOnRoutesWithoutTokensToo() {
        assertThat(get("/open/x", "X-User-ID: root", "XUserRole: root").bodyText())
                .contains("\"path\":\"/open/x\"")
                .doesNotContain("root");
    }

    /** The request is set aside without a thread, and goes on at the filter when the keys are there. */
    @Test
    void waitsForANewKeyAndGoesOn() {
        assertThat(get("/api/orders/1", bearer()).status()).isEqualTo(200);
        issuer.rotate();
        issuer.fail(IssuerFault.HANG);
        int before = issuer.keySetFetches();
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/api/orders/2").line(bearer()));
            issuer.awaitKeySetFetches(before + 1);
            issuer.fail(IssuerFault.NONE);
            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).contains("[\"X-User-ID\",\"alice\"]");
            RawResponse next =
                    client.send(RawRequest.get("/api/orders/3").line(bearer())).readResponse();
            assertThat(next.status()).isEqualTo(200);
        }
        assertThat(issuer.keySetFetches()).isEqualTo(before + 1);
    }

    @Test
    void refusesAnUnknownKeyWhenTheIssuerTakesTooLong() {
        assertThat(get("/api/orders/1", bearer()).status()).isEqualTo(200);
        issuer.fail(IssuerFault.HANG);
        RawResponse response = get(
                "/api/orders/2",
                "Authorization: Bearer " + issuer.token().keyId("new").sign());
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).contains("invalid_token");
        await().until(() -> get("/api/orders/3", bearer()).status() == 200);
    }
}
