package dev.lintel.server;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.Time;
import dev.lintel.filters.ratelimit.LimitCost;
import dev.lintel.filters.ratelimit.LimitSetting;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Limits have requests wait without a thread, are settled by what upstreams answer, and are shown at the admin port. */
class LimitsThatWaitTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MANY = 60;

    private static CompletableFuture<RawResponse> later(GatewayServer server, String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (RawClient client = RawClient.connect(server.port())) {
                        return client.within(LONG).send(RawRequest.get(path)).readResponse();
                    }
                },
                task -> new Thread(task).start());
    }

    private static RawResponse get(GatewayServer server, String path) {
        return RawClient.exchange(server.port(), RawRequest.get(path));
    }

    private static RouteBuilder limited(RateLimitFilter filter, String path) {
        return Route.named("limited").path(path).filter(filter).answer(200, "text/plain", "in turn");
    }

    /** Were a thread held by each, the few that there are would all be waiting, and nobody else be answered. */
    @Test
    void manyWaitForTheirTurnWhileOthersAreAnswered() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(LeakyBucket.of("smooth", 10, Duration.ofSeconds(1), MANY))
                .build();
        Gateway gateway = Gateway.builder()
                .route(limited(filter, "/slow"))
                .route(Route.named("quick").path("/quick").answer(200, "text/plain", "at once"))
                .build();
        try (GatewayServer server =
                GatewayServer.builder(gateway).port(0).maxThreads(10).start()) {
            List<CompletableFuture<RawResponse>> waiting = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                waiting.add(later(server, "/slow"));
            }
            await().atMost(LONG).until(() -> filter.view().waiting() > 12);
            assertThat(get(server, "/quick").bodyText()).isEqualTo("at once");
            for (CompletableFuture<RawResponse> one : waiting) {
                assertThat(one.join().status()).isEqualTo(200);
            }
            assertThat(filter.view().waiting()).isZero();
        }
    }

    @Test
    void whoWaitsForAPermitGetsItWhenARequestToAnUpstreamHasEnded() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(new Concurrency("one", 1, 5, LONG))
                .build();
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.ok("served").after(go));
                GatewayServer server = GatewayServer.start(proxying(upstream, filter), 0)) {
            List<CompletableFuture<RawResponse>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(later(server, "/x"));
            }
            await().atMost(LONG).until(() -> filter.view().waiting() == 3);
            go.countDown();
            all.forEach(one -> assertThat(one.join().status()).isEqualTo(200));
            assertThat(get(server, "/x").status()).isEqualTo(200);
        }
    }

    /** A client that goes away while it waits takes no permit with it. */
    @Test
    void whoGoesAwayWhileWaitingLeavesThePermitToOthers() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(new Concurrency("one", 1, 5, LONG))
                .build();
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.ok("served").after(go));
                GatewayServer server = GatewayServer.start(proxying(upstream, filter), 0)) {
            CompletableFuture<RawResponse> first = later(server, "/x");
            upstream.awaitHeads(1);
            try (RawClient gone = RawClient.connect(server.port())) {
                gone.send(RawRequest.get("/x"));
                await().atMost(LONG).until(() -> filter.view().waiting() == 1);
            }
            CompletableFuture<RawResponse> third = later(server, "/x");
            go.countDown();
            assertThat(first.join().status()).isEqualTo(200);
            assertThat(third.join().status()).isEqualTo(200);
            assertThat(get(server, "/x").status()).isEqualTo(200);
        }
    }

    /** K29: the upstream says what it cost, when its answer has been sent. */
    @Test
    void k29SettlesByTheAnswerOfAnUpstream() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(LimitSetting.of(RateLimit.TokenBucket.of("cost", 100, Duration.ofDays(1)))
                        .cost(new LimitCost.ByAnswer("X-Cost", 10)))
                .build();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("served", "X-Cost: 25"));
                GatewayServer server = GatewayServer.start(proxying(upstream, filter), 0)) {
            assertThat(get(server, "/x").header("RateLimit")).startsWith("\"cost\";r=90;");
            await().atMost(LONG)
                    .until(() -> filter.view()
                                    .look("cost", List.of("127.0.0.1"), Time.system())
                                    .get(0)
                                    .remaining()
                            == 75);
        }
    }

    private static Gateway proxying(ScriptedUpstream upstream, RateLimitFilter filter) {
        return Gateway.builder()
                .upstream(Upstream.named("up").target(upstream.url()))
                .route(Route.named("limited").path("/x").filter(filter).to("up"))
                .build();
    }

    @Test
    void theAdminPortShowsLimitsAndForgetsByPostAlone() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("tenant", 2, Duration.ofDays(1))
                .key(by(header("X-Tenant")))
                .build();
        Gateway gateway = Gateway.builder().route(limited(filter, "/x")).build();
        try (GatewayServer server = GatewayServer.builder(gateway).port(0).start()) {
            int admin = server.adminUri().getPort();
            RawRequest request = RawRequest.get("/x").header("X-Tenant", "acme-secret");
            for (int status : new int[] {200, 200, 429}) {
                assertThat(RawClient.exchange(server.port(), request).status()).isEqualTo(status);
            }
            assertThat(RawClient.exchange(admin, RawRequest.get("/limits")).bodyText())
                    .contains("\"place\":\"limited\",\"allowed\":2,\"refused\":1,\"waiting\":0")
                    .contains(
                            "\"name\":\"tenant\",\"key\":\"header:X-Tenant\",\"mode\":\"enforce\",\"exceeded\":1,\"keys\":1");
            assertThat(RawClient.exchange(admin, RawRequest.get("/limits?busiest=tenant"))
                            .bodyText())
                    .contains("\"quota\":2,\"remaining\":0")
                    .doesNotContain("acme");
            RawRequest look = RawRequest.post("/limits?look=tenant").body("acme-secret");
            assertThat(RawClient.exchange(admin, look).bodyText()).contains("\"remaining\":0");
            assertThat(RawClient.exchange(admin, RawRequest.get("/limits?reset=tenant"))
                            .bodyText())
                    .contains("\"refused\":1");
            RawRequest reset = RawRequest.post("/limits?reset=tenant").body("acme-secret");
            assertThat(RawClient.exchange(admin, reset.header("Origin", "http://evil.example"))
                            .status())
                    .isEqualTo(403);
            assertThat(RawClient.exchange(server.port(), request).status()).isEqualTo(429);
            RawRequest forget = RawRequest.post("/limits?reset=tenant").body("acme-secret");
            assertThat(RawClient.exchange(admin, forget).bodyText()).isEqualTo("{\"reset\":true}");
            assertThat(RawClient.exchange(server.port(), request).status()).isEqualTo(200);
            assertThat(RawClient.exchange(
                                    admin, RawRequest.post("/limits?reset=none").body("x"))
                            .status())
                    .isEqualTo(404);
            assertThat(RawClient.exchange(admin, RawRequest.post("/limits").body("x"))
                            .status())
                    .isEqualTo(400);
        }
    }
}
