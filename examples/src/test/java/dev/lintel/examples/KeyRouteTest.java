package dev.lintel.examples;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.apiKey;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Time;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.EchoService;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A route with API keys and limits, from socket to socket: server, router, filters and proxy together. */
class KeyRouteTest {

    private static final String KEY = "k-3f9Ad71-Qz0Lr8wYx2Vb";
    private static final String OTHER = "k-another-key-with-22-chars";

    private final MutableClock clock = MutableClock.create();
    private final EchoService products = EchoService.start("products", "1");
    private final Gateway gateway = Gateway.builder()
            .time(new Time(clock, clock.monotonic()))
            .filter(RateLimitFilter.builder()
                    .limit("per-address", 10, Duration.ofMinutes(1))
                    .key(by(address()))
                    .build())
            .upstream(Upstream.named("products").target(products.url()))
            .route(Route.named("products")
                    .path("/api/products/**")
                    .filter(ApiKeyAuthFilter.builder()
                            .plainKey("shop", KEY)
                            .plainKey("web", OTHER)
                            .queryParameter("api_key")
                            .build())
                    .filter(RateLimitFilter.builder()
                            .limit("per-key", 2, Duration.ofMinutes(1))
                            .key(by(apiKey()))
                            .build())
                    .stripPrefix("/api")
                    .to("products"))
            .route(Route.named("open").path("/open/**").to("products"))
            .build();
    private final GatewayServer server =
            GatewayServer.builder(gateway).port(0).adminPort(0).start();

    @AfterEach
    void stop() {
        server.close();
        products.close();
    }

    private RawResponse get(RawRequest request) {
        return RawClient.exchange(server.port(), request);
    }

    @Test
    void tellsTheServiceWhoseKeyItIsAndNotTheKey() {
        RawRequest request = RawRequest.get("/api/products/7?a=%41")
                .header("X-API-Key", KEY)
                .header("X-Consumer-ID", "root")
                .header("x.consumer.id", "root");
        assertThat(get(request).bodyText())
                .contains("[\"X-Consumer-ID\",\"shop\"]", "\"target\":\"/products/7?a=%41\"")
                .doesNotContain(KEY, "root");
    }

    @Test
    void takesTheKeyOutOfTheQueryAndKeepsEveryOtherByte() {
        assertThat(get(RawRequest.get("/api/products/7?a=%41&api%5Fkey=" + KEY + "&b=+"))
                        .bodyText())
                .contains("[\"X-Consumer-ID\",\"shop\"]", "\"target\":\"/products/7?a=%41&b=+\"")
                .doesNotContain(KEY);
        assertThat(get(RawRequest.get("/api/products/7?api_key=" + KEY)).bodyText())
                .contains("\"target\":\"/products/7\"");
    }

    @Test
    void removesForgedConsumersOnRoutesWithoutKeysToo() {
        assertThat(get(RawRequest.get("/open/x").header("X-Consumer-ID", "root").header("XConsumerId", "root"))
                        .bodyText())
                .contains("\"path\":\"/open/x\"")
                .doesNotContain("root");
    }

    @Test
    void limitsEachKeyAndEachAddress() {
        RawRequest shop = RawRequest.get("/api/products/7").header("X-API-Key", KEY);
        RawRequest web = RawRequest.get("/api/products/7").header("X-API-Key", OTHER);
        assertThat(get(shop).header("RateLimit")).isEqualTo("\"per-address\";r=9;t=6, \"per-key\";r=1;t=30");
        assertThat(get(shop).status()).isEqualTo(200);
        RawResponse refused = get(shop);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(refused.bodyText()).contains("\"violated-policies\":[\"per-key\"]");
        assertThat(get(web).status()).isEqualTo(200);
        for (int i = 0; i < 6; i++) {
            // wrong keys count by address, so that guessing is slow
            assertThat(get(RawRequest.get("/api/products/7").header("X-API-Key", "guess" + i))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(get(web).bodyText()).contains("\"violated-policies\":[\"per-address\"]");
        clock.advance(Duration.ofSeconds(30));
        assertThat(get(shop).status()).isEqualTo(200);
    }

    /** What the limit counts by is known only after authentication: in the wrong order every request is refused. */
    @Test
    void aLimitByCallerInTheWrongPlaceLetsNobodyPast() {
        Gateway wrong = Gateway.builder()
                .upstream(Upstream.named("products").target(products.url()))
                .route(Route.named("products")
                        .path("/**")
                        .filter(RateLimitFilter.builder()
                                .limit("per-user", 2, Duration.ofMinutes(1))
                                .key(by(claim("sub")))
                                .build())
                        .filter(ApiKeyAuthFilter.builder().plainKey("shop", KEY).build())
                        .to("products"))
                .build();
        assertThat(wrong.warnings()).anyMatch(warning -> warning.contains("ApiKeyAuthFilter after RateLimitFilter"));
        try (GatewayServer other =
                GatewayServer.builder(wrong).port(0).adminPort(0).start()) {
            assertThat(RawClient.exchange(other.port(), RawRequest.get("/x").header("X-API-Key", KEY))
                            .status())
                    .isEqualTo(403);
        }
    }
}
