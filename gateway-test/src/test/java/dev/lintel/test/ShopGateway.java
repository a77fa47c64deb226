package dev.lintel.test;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.upstream.Upstream;
import java.time.Duration;

/** A gateway to be tested. */
final class ShopGateway {

    static final TestTokens TOKENS = TestTokens.of("https://idp.example.com", "orders-api");

    private ShopGateway() {}

    static Gateway gateway() {
        return Gateway.builder()
                .filter(RequestIdFilter.create())
                .upstream(Upstream.named("orders").target("http://orders.internal:9001/v2"))
                .route(Route.named("orders")
                        .path("/api/orders/**")
                        .methods("GET", "POST")
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
                .route(Route.named("old").path("/old/**").redirect(308, "/api/**"))
                .route(Route.named("ping").path("/ping").answer(200, "text/plain", "pong"))
                .build();
    }
}
