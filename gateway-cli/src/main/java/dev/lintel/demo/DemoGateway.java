package dev.lintel.demo;

import static dev.lintel.limit.LimitKey.apiKey;
import static dev.lintel.limit.LimitKey.by;

import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilterBuilder;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.upstream.Upstream;
import java.time.Duration;

/** The gateway of the demonstration: one entry, credentials checked in one place. */
final class DemoGateway {

    static final String API_KEY = "demo-key";

    private DemoGateway() {}

    static Gateway of(DemoServices services, DemoIssuer issuer, boolean log) {
        GatewayBuilder gateway = Gateway.builder().filter(RequestIdFilter.create());
        if (log) {
            gateway.filter(AccessLogFilter.builder().build());
        }
        return gateway.filter(HeaderStripFilter.builder()
                        .responseHeaders("Server", "X-Powered-By")
                        .build())
                .upstream(Upstream.named("users").target(services.users()))
                .upstream(Upstream.named("orders")
                        .target(services.orders().get(0))
                        .target(services.orders().get(1)))
                .upstream(Upstream.named("products").target(services.products()))
                .route(Route.named("users")
                        .path("/api/users/**")
                        .filter(tokens(issuer).build())
                        .stripPrefix("/api")
                        .to("users"))
                .route(Route.named("orders")
                        .path("/api/orders/**")
                        .filter(tokens(issuer).requiredRoles("admin").build())
                        .stripPrefix("/api")
                        .to("orders"))
                .route(Route.named("products")
                        .path("/api/products/**")
                        .methods("GET")
                        .filter(ApiKeyAuthFilter.builder()
                                .plainKey("demo", API_KEY)
                                .build())
                        .filter(RateLimitFilter.builder()
                                .limit("per-key", 5, Duration.ofMinutes(1))
                                .key(by(apiKey()))
                                .build())
                        .stripPrefix("/api")
                        .to("products"))
                .route(Route.named("public").path("/public/**").to("users"))
                .build();
    }

    private static JwtAuthFilterBuilder tokens(DemoIssuer issuer) {
        return JwtAuthFilter.builder()
                .issuer(issuer.url())
                .jwksUri(issuer.keySet())
                .audience(DemoIssuer.AUDIENCE)
                .keysBeforeReady(true);
    }
}
