package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.Answer;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestIssuer;
import dev.lintel.upstream.Upstream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Another gateway takes over in a server that runs. */
class ReplacingTest {

    private static Gateway answering(String body) {
        return Gateway.builder()
                .route(Route.named("all").path("/**").answer(200, "text/plain", body))
                .build();
    }

    private static RawResponse get(GatewayServer server, String path) {
        return RawClient.exchange(server.port(), RawRequest.get(path));
    }

    private static Gateway limited(String route, long capacity) {
        return Gateway.builder()
                .route(Route.named(route)
                        .path("/limited")
                        .filter(RateLimitFilter.builder()
                                .limit("all", capacity, Duration.ofHours(1))
                                .build())
                        .answer(200, "text/plain", "within"))
                .build();
    }

    @Test
    void goesOnCountingForALimitThatHasNotChanged() {
        try (GatewayServer server = GatewayServer.start(limited("route", 3), 0)) {
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            server.replace(limited("route", 3));
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            assertThat(get(server, "/limited").status()).isEqualTo(429);
            server.replace(limited("route", 3));
            assertThat(get(server, "/limited").status()).isEqualTo(429);
        }
    }

    @Test
    void beginsToCountAnewForALimitThatHasChangedOrMoved() {
        try (GatewayServer server = GatewayServer.start(limited("route", 1), 0)) {
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            assertThat(get(server, "/limited").status()).isEqualTo(429);
            server.replace(limited("route", 2));
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            server.replace(limited("another", 2));
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            assertThat(get(server, "/limited").status()).isEqualTo(200);
            assertThat(get(server, "/limited").status()).isEqualTo(429);
        }
    }

    @Test
    void goesOnWithTheKeysOfAnIssuer() {
        try (TestIssuer issuer = TestIssuer.start();
                GatewayServer server = GatewayServer.start(authenticated(issuer, "/before"), 0)) {
            String token = issuer.token().subject("alice").audience("orders").sign();
            RawRequest before = RawRequest.get("/before").bearer(token);
            await().until(() -> RawClient.exchange(server.port(), before).status() == 200);
            int fetched = issuer.keySetFetches();
            server.replace(authenticated(issuer, "/after"));
            RawRequest after = RawRequest.get("/after").bearer(token);
            assertThat(RawClient.exchange(server.port(), after).status()).isEqualTo(200);
            assertThat(issuer.keySetFetches()).isEqualTo(fetched);
        }
    }

    private static Gateway authenticated(TestIssuer issuer, String path) {
        return Gateway.builder()
                .route(Route.named("all")
                        .path(path)
                        .filter(JwtAuthFilter.builder()
                                .issuer(issuer.url())
                                .audience("orders")
                                .allowInsecureJwksUri(true)
                                .build())
                        .answer(200, "text/plain", "known"))
                .build();
    }

    private static Gateway streaming(String url) {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(url))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    @Test
    void endsAStreamOfEventsWhole() {
        try (EventService service = EventService.start();
                GatewayServer server = GatewayServer.builder(streaming(service.url()))
                        .port(0)
                        .stopTimeout(Duration.ofMillis(100))
                        .start();
                EventClient client = EventClient.listen(server.port(), "/events")) {
            client.next();
            server.replace(answering("next"));
            assertThat(get(server, "/").bodyText()).isEqualTo("next");
            for (int i = 0; i < 10; i++) {
                service.send(0, "event " + i);
                assertThat(client.next()).isEqualTo("event " + i);
            }
        }
    }

    @Test
    void endsALongDownloadWhole() {
        GeneratedBody body = GeneratedBody.of(64 * 1024 * 1024);
        CountDownLatch replaced = new CountDownLatch(1);
        Answer slow = Answer.head(200, "Content-Length: " + (5 + body.length()))
                .then(Answer.raw("begun"))
                .then(out -> out.holdUntil(() -> replaced.getCount() == 0))
                .then(out -> out.write(body));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(slow);
                GatewayServer server = GatewayServer.start(streaming(upstream.url()), 0);
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/long"));
            client.awaitText("begun");
            server.replace(answering("next"));
            assertThat(get(server, "/").bodyText()).isEqualTo("next");
            replaced.countDown();
            RawResponse whole = client.readResponse();
            assertThat(whole.complete()).isTrue();
            assertThat(whole.bodyLength()).isEqualTo(5 + body.length());
        }
    }

    @Test
    void keepsNothingOfTheGatewayBefore() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("here"));
                GatewayServer server = GatewayServer.start(streaming(upstream.url()), 0);
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/")).readResponse();
            WeakReference<Gateway> before = new WeakReference<>(server.gateway());
            server.replace(answering("next"));
            // the connection remembers its last request until the next one
            client.send(RawRequest.get("/")).readResponse();
            await().untilAsserted(() -> {
                System.gc();
                assertThat(before.get()).isNull();
            });
        }
    }

    @Test
    void leavesTheGatewayThatRunsIfTheNextCannotBeServed() {
        Gateway first = answering("first");
        try (GatewayServer server = GatewayServer.start(first, 0)) {
            Gateway broken = Gateway.builder()
                    .route(Route.named("app").path("/**").toHostApplication())
                    .build();
            assertThatThrownBy(() -> server.replace(broken))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("routes.app.to: the host application");
            assertThat(server.gateway()).isSameAs(first);
            assertThat(get(server, "/").bodyText()).isEqualTo("first");
        }
    }

    @Test
    void isRefusedByAServerThatHasStopped() {
        GatewayServer server = GatewayServer.start(answering("first"), 0);
        server.close();
        assertThatThrownBy(() -> server.replace(answering("second"))).isInstanceOf(RuntimeException.class);
    }
}
