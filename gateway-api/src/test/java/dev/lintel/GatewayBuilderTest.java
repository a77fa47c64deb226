package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.request.AdmissionRules;
import dev.lintel.upstream.Upstream;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatewayBuilderTest {

    private static final String DIFFERENT = " (expected: different requests, or different priorities)";

    @Test
    void tellsEveryProblemAtOnceWithNameValueAndRule() {
        GatewayBuilder builder = Gateway.builder()
                .trustedProxies("10.0.0.0/8", "10.0.0.1/8", "nonsense")
                .allowMethods("PURGE", "TRACE", "A B")
                .upstream(Upstream.named("orders").target("ftp://a"))
                .upstream(Upstream.named("orders").target("http://a"))
                .route(Route.named("one").path("x").to("nowhere"))
                .route(Route.named("one").path("/a").to("orders"))
                .route(Route.named("two").path("/a").to("nowhere"))
                .otherwise(Destination.upstream("else"));
        GatewayException wrong = catchThrowableOfType(GatewayException.class, builder::build);
        assertThat(wrong.problems())
                .map(Problem::toString)
                .containsExactlyInAnyOrder(
                        "trustedProxies: 10.0.0.1/8 (expected: an address, or a network such as 10.0.0.0/8)",
                        "trustedProxies: nonsense (expected: an address, or a network such as 10.0.0.0/8)",
                        "allowMethods: TRACE (expected: method names, neither CONNECT nor TRACE)",
                        "allowMethods: A B (expected: method names, neither CONNECT nor TRACE)",
                        "upstreams.orders.target: ftp://a (expected: http://host[:port][/base] or"
                                + " https://host[:port][/base])",
                        "upstreams.orders: given twice (expected: each name once)",
                        "routes.one.path: x (expected: a pattern that begins with /)",
                        "routes.one: given twice (expected: each name once)",
                        "routes.one.to: nowhere (expected: one of the upstreams [orders])",
                        "routes.two: ambiguous with routes.one on /a" + DIFFERENT,
                        "routes.two.to: nowhere (expected: one of the upstreams [orders])",
                        "otherwise: else (expected: one of the upstreams [orders])");
        assertThat(wrong).hasMessageStartingWith("gateway: 12 problems");
    }

    @Test
    void needsARouteOrADestination() {
        assertThatThrownBy(() -> Gateway.builder().build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("routes: none (expected: at least one route)");
        assertThat(Gateway.builder()
                        .otherwise(Destination.hostApplication())
                        .build()
                        .routes())
                .isEmpty();
    }

    @Test
    void doesNotTakeABrokenRouteForNone() {
        assertThatThrownBy(() -> Gateway.builder().route(Route.named("a")).build())
                .hasMessageContaining("routes.a.path: none")
                .hasMessageNotContaining("routes: none");
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("rivals")
    void namesBothRoutesThatAreAmbiguous(
            UnaryOperator<RouteBuilder> one, UnaryOperator<RouteBuilder> other, boolean ambiguous) {
        GatewayBuilder builder = Gateway.builder()
                .route(one.apply(Route.named("one")).answer(200, "", ""))
                .route(other.apply(Route.named("other")).answer(200, "", ""));
        if (ambiguous) {
            assertThatThrownBy(builder::build)
                    .hasMessageContaining("routes.other: ambiguous with routes.one on ")
                    .hasMessageContaining(DIFFERENT);
        } else {
            assertThat(builder.build().routes()).hasSize(2);
        }
    }

    static Stream<Arguments> rivals() {
        return Stream.of(
                row(r -> r.path("/a/{x}"), r -> r.path("/a/{y}"), true),
                row(r -> r.path("/a/{x}"), r -> r.path("/a/*"), true),
                row(r -> r.path("/a/{x}"), r -> r.path("/a/b"), false),
                row(r -> r.path("/a/**"), r -> r.path("/a"), false),
                row(r -> r.path("/a"), r -> r.path("/a/"), false),
                row(r -> r.path("/a").priority(1), r -> r.path("/a"), false),
                row(r -> r.path("/a").priority(1), r -> r.path("/a").priority(1), true),
                row(r -> r.path("/a").methods("GET"), r -> r.path("/a").methods("POST"), false),
                row(r -> r.path("/a").methods("GET"), r -> r.path("/a").methods("HEAD"), true),
                row(r -> r.path("/a").methods("GET"), r -> r.path("/a"), true),
                row(r -> r.path("/a").host("a.b"), r -> r.path("/a").host("A.B"), true),
                row(r -> r.path("/a").host("[::1]"), r -> r.path("/a").host("[0::1]"), true),
                row(r -> r.path("/a").host("a.b"), r -> r.path("/a").host("*.b"), false),
                row(r -> r.path("/a").header("X", "1"), r -> r.path("/a"), false),
                row(r -> r.path("/a").header("X", "1"), r -> r.path("/a").header("x", "2"), false),
                row(r -> r.path("/a").header("X", "1"), r -> r.path("/a").headerPresent("x"), true),
                row(r -> r.path("/a").header("X", "1"), r -> r.path("/a").query("x", "1"), true));
    }

    /** A condition sees what the client sent: on a field of the gateway's it would let the client choose its route. */
    @Test
    void refusesConditionsOnFieldsThatBelongToTheGateway() {
        GatewayBuilder builder = Gateway.builder()
                .filter(new MarkedFilter(Stage.AUTHENTICATION, "X-Claim-*"))
                .route(Route.named("one")
                        .path("/a")
                        .header("x-user-role", "admin")
                        .answer(200, "", ""))
                .route(Route.named("two")
                        .path("/b")
                        .headerPresent("X_Claim_Tenant")
                        .answer(200, "", ""))
                .route(Route.named("three").path("/c").query("X-User-ID", "1").answer(200, "", ""));
        assertThat(catchThrowableOfType(GatewayException.class, builder::build).problems())
                .map(Problem::toString)
                .containsExactly(
                        "routes.one.header: x-user-role (expected: a field that does not belong to the gateway)",
                        "routes.two.header: X_Claim_Tenant (expected: a field that does not belong to the gateway)");
    }

    @Test
    void findsEveryAmbiguousPair() {
        GatewayBuilder builder = Gateway.builder();
        for (String name : List.of("one", "two", "three")) {
            builder.route(Route.named(name).path("/a").answer(200, "", ""));
        }
        assertThat(catchThrowableOfType(GatewayException.class, builder::build).problems())
                .hasSize(3);
    }

    @Test
    void admitsTheCommonMethodsAndThoseOfRoutes() {
        Gateway gateway = Gateway.builder()
                .allowMethods("PURGE")
                .route(Route.named("a").path("/a").methods("REPORT").answer(200, "", ""))
                .build();
        assertThat(gateway.admission().methods())
                .containsAll(AdmissionRules.COMMON_METHODS)
                .contains("PURGE", "REPORT")
                .doesNotContain("TRACE", "CONNECT");
        assertThat(gateway.admission().underscoresInHeaderNames()).isFalse();
        assertThat(gateway.admission().sessionIdInPath()).isFalse();
    }

    @Test
    void isAValueThatTheBuilderCannotChangeLater() {
        GatewayBuilder builder = Gateway.builder()
                .upstream(Upstream.named("u").target("http://a"))
                .route(Route.named("a").path("/a").to("u"));
        Gateway gateway = builder.build();
        builder.route(Route.named("b").path("/b").to("u"))
                .upstream(Upstream.named("v").target("http://a"))
                .filter(new MarkedFilter(Stage.CORS));
        assertThat(gateway.routes()).hasSize(1).isUnmodifiable();
        assertThat(gateway.filters()).isEmpty();
        assertThat(gateway.upstreams()).containsOnlyKeys("u").isUnmodifiable();
        assertThat(builder.build().routes()).hasSize(2);
    }

    private static Arguments row(
            UnaryOperator<RouteBuilder> one, UnaryOperator<RouteBuilder> other, boolean ambiguous) {
        return Arguments.arguments(one, other, ambiguous);
    }
}
