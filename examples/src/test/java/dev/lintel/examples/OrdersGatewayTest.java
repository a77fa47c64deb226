package dev.lintel.examples;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static dev.lintel.test.GatewayAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.test.FixtureResponse;
import dev.lintel.test.GatewayFixture;
import dev.lintel.test.TestTokens;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersGatewayTest {

    private static final TestTokens TOKENS = TestTokens.of("https://idp.example.com", "orders-api");

    private static final Gateway GATEWAY = Gateway.builder()
            .upstream(Upstream.named("orders").target("http://orders.internal:9001"))
            .route(Route.named("orders")
                    .path("/api/orders/**")
                    .filter(JwtAuthFilter.builder()
                            .issuer(TOKENS.issuer())
                            .audience(TOKENS.audience())
                            .publicKey(TOKENS.publicKey())
                            .algorithms("ES256")
                            .build())
                    .filter(RateLimitFilter.builder()
                            .limit("per-user", 5, Duration.ofMinutes(1))
                            .key(by(claim("sub")))
                            .build())
                    .stripPrefix("/api")
                    .to("orders"))
            .build();

    @RegisterExtension
    static final GatewayFixture FIXTURE =
            GatewayFixture.of(GATEWAY).stub("orders", orders -> orders.respond(200, "[]"));

    @Test
    void leadsCallersToTheirOrders() {
        assertThat(GATEWAY)
                .get("/api/orders/1?full=true")
                .bearer(TOKENS.alice())
                .routesTo("orders")
                .withUpstreamPath("/orders/1")
                .hasUpstreamHeader("X-User-ID", "alice")
                .hasNoUpstreamHeader("Authorization");
    }

    @Test
    void refusesEverybodyElse() {
        assertThat(GATEWAY).get("/api/orders/1").isRefusedWith(401, "token-missing");
        assertThat(GATEWAY).get("/api/orders/1").bearer(TOKENS.expired()).isRefusedWith(401, "invalid-token");
        assertThat(GATEWAY).get("/api//orders/1").isRefusedWith(400, "empty-segment");
    }

    @Test
    void limitsEachUser() {
        assertThat(GATEWAY)
                .get("/api/orders/1")
                .bearer(TOKENS.bob())
                .limitedAfter(5)
                .freeAgainAfter(Duration.ofSeconds(12));
    }

    @Test
    void passesAnswersOn() {
        FixtureResponse response =
                FIXTURE.get("/api/orders").bearer(TOKENS.alice()).send();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("[]");
        assertThat(FIXTURE.stub("orders").request().path()).isEqualTo("/orders");
    }
}
