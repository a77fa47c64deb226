package dev.lintel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestIssuer;
import dev.lintel.upstream.Upstream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void tellsOfEveryRequestByRouteAndOfNothingThatAClientChooses() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("abc"));
                DeadPort dead = DeadPort.refusing()) {
            Gateway gateway = Gateway.builder()
                    .filter(MetricsFilter.of(registry))
                    .upstream(Upstream.named("orders").target("http://localhost:" + upstream.port()))
                    .upstream(Upstream.named("gone").target("http://localhost:" + dead.port()))
                    .route(Route.named("orders").path("/orders/**").to("orders"))
                    .route(Route.named("gone").path("/gone").to("gone"))
                    .route(Route.named("keys")
                            .path("/keys")
                            .filter(ApiKeyAuthFilter.builder()
                                    .plainKey("demo", "demo-key")
                                    .build())
                            .filter(RateLimitFilter.builder()
                                    .limit("once", 1, Duration.ofDays(1))
                                    .build())
                            .answer(200, "text/plain", "in"))
                    .build();
            try (GatewayServer server = served(gateway)) {
                assertThat(status(server, RawRequest.get("/orders/secret-path")))
                        .isEqualTo(200);
                assertThat(status(server, RawRequest.of("BREW", "/orders/1"))).isEqualTo(501);
                assertThat(status(server, RawRequest.get("/gone"))).isEqualTo(502);
                assertThat(status(server, RawRequest.get("/nowhere"))).isEqualTo(404);
                assertThat(status(server, RawRequest.get("/keys"))).isEqualTo(401);
                RawRequest good = RawRequest.get("/keys").header("X-API-Key", "demo-key");
                assertThat(status(server, good)).isEqualTo(200);
                assertThat(status(server, good)).isEqualTo(429);
                for (String line : List.of(
                        "gateway_requests_seconds_count{method=\"GET\",outcome=\"answered\",route=\"orders\",status=\"2xx\"} 1",
                        "gateway_requests_seconds_count{method=\"other\",outcome=\"refused\",route=\"none\",status=\"5xx\"} 1",
                        "gateway_requests_seconds_count{method=\"GET\",outcome=\"upstream-failed\",route=\"gone\",status=\"5xx\"} 1",
                        "gateway_requests_seconds_count{method=\"GET\",outcome=\"refused\",route=\"none\",status=\"4xx\"} 1",
                        "gateway_requests_seconds_bucket{method=\"GET\",outcome=\"answered\",route=\"orders\",status=\"2xx\",le=\"10.0\"} 1",
                        "gateway_upstream_requests_seconds_count{outcome=\"answered\",status=\"2xx\",upstream=\"orders\"} 1",
                        "gateway_upstream_requests_seconds_count{outcome=\"refused\",status=\"none\",upstream=\"gone\"} 1",
                        "gateway_rejections_total{route=\"keys\",rule=\"key-missing\"} 1.0",
                        "gateway_limits_exceeded_total{policy=\"once\",route=\"keys\"} 1.0",
                        "gateway_callers_total{kind=\"api-key\",route=\"keys\"} 2.0",
                        "gateway_response_bytes_total{route=\"orders\"} 3.0",
                        "gateway_requests_active 0.0")) {
                    await().untilAsserted(() -> assertThat(page(server)).contains(line));
                }
                assertThat(page(server)).doesNotContain("secret-path").doesNotContain("demo");
            }
        }
    }

    @Test
    void showsWhatFiltersAndTheServerTellOfThemselves(@TempDir Path directory) {
        try (TestIssuer issuer = TestIssuer.start()) {
            JwtAuthFilter jwt = JwtAuthFilter.builder()
                    .issuer(issuer.url())
                    .audience("orders")
                    .build();
            JwtAuthFilter again = JwtAuthFilter.builder()
                    .issuer(issuer.url())
                    .audience("orders")
                    .build();
            Gateway with = Gateway.builder()
                    .filter(AccessLogFilter.builder()
                            .file(directory.resolve("access.log").toString())
                            .build())
                    .route(Route.named("a").path("/a").filter(jwt).answer(200, "text/plain", "a"))
                    .route(Route.named("b").path("/b").filter(again).answer(200, "text/plain", "b"))
                    .build();
            Gateway without = Gateway.builder()
                    .route(Route.named("a").path("/a").answer(200, "text/plain", "a"))
                    .build();
            try (GatewayServer server = served(with)) {
                await().untilAsserted(() -> assertThat(page(server))
                        .containsPattern("gateway_jwks_refreshes_total\\{keys=\"[^\"]+\",result=\"success\"\\} 1.0")
                        .containsPattern("gateway_jwks_age_seconds\\{keys=\"[^\"]+\"\\} [0-9]")
                        .contains("gateway_accesslog_dropped_total 0.0")
                        .contains("gateway_config_reloads_total{result=\"success\"} 0.0")
                        .containsPattern("gateway_config_last_success_seconds [0-9]"));
                server.replace(without);
                assertThat(page(server))
                        .contains("gateway_config_reloads_total{result=\"success\"} 1.0")
                        .doesNotContain("gateway_jwks")
                        .doesNotContain("gateway_accesslog");
            }
        }
    }

    @Test
    void keepsNoMoreSeriesThanAreBounded() {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        Series series = new Series(simple, "gateway.rejections", "by rule");
        for (int i = 0; i < Series.MOST + 100; i++) {
            series.counter("route", "a", "rule", "r" + i).increment();
        }
        assertThat(simple.getMeters()).hasSizeLessThanOrEqualTo(Series.MOST + 1);
        assertThat(simple.get("gateway.rejections")
                        .tags("route", "other", "rule", "other")
                        .counter()
                        .count())
                .isEqualTo(100);
    }

    @Test
    void isFoundByItselfAndCountsIntoTheRegistryOfTheProcess() {
        Gateway gateway = Gateway.builder()
                .filter(MetricsFilter.of(PrometheusPage.registry()))
                .route(Route.named("by-itself").path("/**").answer(204, "text/plain", ""))
                .build();
        try (GatewayServer server = GatewayServer.start(gateway, 0)) {
            assertThat(status(server, RawRequest.get("/"))).isEqualTo(204);
            await().untilAsserted(() -> assertThat(page(server)).contains("route=\"by-itself\",status=\"2xx\"} 1"));
        }
    }

    private GatewayServer served(Gateway gateway) {
        return GatewayServer.builder(gateway)
                .port(0)
                .adminResource(PrometheusPage.of(registry))
                .start();
    }

    private static int status(GatewayServer server, RawRequest request) {
        return RawClient.exchange(server.port(), request).status();
    }

    private static String page(GatewayServer server) {
        RawResponse answer = RawClient.exchange(server.adminUri().getPort(), RawRequest.get("/metrics"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        return answer.bodyText();
    }
}
