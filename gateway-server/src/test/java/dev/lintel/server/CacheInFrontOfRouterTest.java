package dev.lintel.server;

import static dev.lintel.server.CachedGateway.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.router.RouterFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache that stands in front of a gateway does not know the route, so what came by one is not answered to who takes another. */
class CacheInFrontOfRouterTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsNothingThatAGatewayFurtherInHasRouted(Container container) {
        try (ScriptedUpstream inner = ScriptedUpstream.answering(Answer.ok("inner", FRESH));
                ScriptedUpstream outer = ScriptedUpstream.answering(Answer.ok("outer", FRESH));
                WebApp app = WebApp.on(container)
                        .filter("cache", CacheFilter.create())
                        .filter("router", new RouterFilter(gateway(inner, outer)))
                        .serve("/*", (request, response) -> {})
                        .start()) {
            RawRequest request = RawRequest.get("/a");
            assertThat(body(app, request.header("X-Canary", "1"))).isEqualTo("inner");
            assertThat(body(app, request)).isEqualTo("outer");
            assertThat(body(app, request.header("X-Canary", "1"))).isEqualTo("inner");
        }
    }

    private static String body(WebApp app, RawRequest request) {
        return RawClient.exchange(app.port(), request).bodyText();
    }

    private static Gateway gateway(ScriptedUpstream inner, ScriptedUpstream outer) {
        return Gateway.builder()
                .upstream(Upstream.named("inner").target(inner.url()))
                .upstream(Upstream.named("outer").target(outer.url()))
                .route(Route.named("special")
                        .path("/**")
                        .header("X-Canary", "1")
                        .to("inner"))
                .route(Route.named("all").path("/**").to("outer"))
                .build();
    }
}
