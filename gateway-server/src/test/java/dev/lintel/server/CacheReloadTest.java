package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.iprules.IpRulesFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what is kept when the gateway is replaced. */
class CacheReloadTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("answer", FRESH));
    private GatewayServer server;
    private CacheFilter first;

    @BeforeEach
    void start() {
        first = CacheFilter.create();
        server = GatewayServer.start(gateway(first, "origin", "/a"), 0);
        get();
        await().until(() -> first.size() == 1);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    private Gateway gateway(CacheFilter cache, String to, String path) {
        return Gateway.builder()
                .upstream(Upstream.named("origin").target(upstream.url()))
                .upstream(Upstream.named("another").target(upstream.url()))
                .route(Route.named("all")
                        .path("/**")
                        .filter(cache)
                        .setPath(path)
                        .to(to))
                .build();
    }

    private String get() {
        return RawClient.exchange(server.port(), RawRequest.get("/a")).header("Cache-Status");
    }

    @Test
    void anEqualCacheKeepsIt() {
        CacheFilter next = CacheFilter.create();
        server.replace(gateway(next, "origin", "/a"));
        assertThat(get()).startsWith("lintel; hit");
        assertThat(next.size()).isEqualTo(1);
    }

    @Test
    void aCacheWithOtherOptionsBeginsEmpty() {
        CacheFilter next = CacheFilter.builder().maxEntries(5).build();
        server.replace(gateway(next, "origin", "/a"));
        assertThat(get()).isEqualTo("lintel; fwd=uri-miss");
    }

    @Test
    void whatCameOnAnotherWayIsNotAnswered() {
        server.replace(gateway(CacheFilter.create(), "another", "/a"));
        assertThat(get()).isEqualTo("lintel; fwd=vary-miss");
        server.replace(gateway(CacheFilter.create(), "another", "/b"));
        assertThat(get()).isEqualTo("lintel; fwd=vary-miss");
    }

    @Test
    void whatWasKeptBeforeARouteWasGuardedIsNotAnsweredPastItsGuard() {
        Gateway guarded = Gateway.builder()
                .upstream(Upstream.named("origin").target(upstream.url()))
                .route(Route.named("all")
                        .path("/**")
                        .filter(CacheFilter.create())
                        .filter(IpRulesFilter.builder().deny("127.0.0.0/8").build())
                        .setPath("/a")
                        .to("origin"))
                .build();
        assertThat(guarded.warnings()).hasSize(1);
        server.replace(guarded);
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/a")).status())
                .isEqualTo(403);
    }

    @Test
    void clearingDropsAll() {
        first.clear();
        assertThat(first.size()).isZero();
        assertThat(get()).isEqualTo("lintel; fwd=uri-miss");
    }
}
