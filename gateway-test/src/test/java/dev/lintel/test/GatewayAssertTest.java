package dev.lintel.test;

import static dev.lintel.test.GatewayAssertions.assertThat;
import static dev.lintel.test.ShopGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatewayAssertTest {

    private static final Gateway GATEWAY = ShopGateway.gateway();

    private static GatewayAssert gateway() {
        return assertThat(GATEWAY);
    }

    private static RequestAssert order() {
        return gateway().get("/api/orders/1").bearer(TOKENS.alice());
    }

    @Test
    void followsARequestToItsUpstream() {
        gateway()
                .get("https://shop.example.com/api/orders/1?a=b")
                .header("X-User-ID", "root")
                .bearer(TOKENS.alice())
                .from("192.0.2.1")
                .routesTo("orders")
                .goesToUpstream("orders")
                .withUpstreamPath("/v2/orders/1")
                .withUpstreamQuery("a=b")
                .hasUpstreamHeader("X-User-ID", "alice")
                .hasUpstreamHeader("X-Forwarded-For", "192.0.2.1")
                .hasUpstreamHeader("X-Forwarded-Proto", "https")
                .hasUpstreamHeader("Host", "orders.internal:9001")
                .hasUpstreamHeader("X-Request-Id")
                .hasNoUpstreamHeader("Authorization")
                .passes(JwtAuthFilter.class)
                .passes(RateLimitFilter.class);
    }

    @Test
    void knowsWhoIsRefusedAndByWhat() {
        gateway()
                .get("/api/orders/1")
                .isRefusedWith(401, "token-missing")
                .isRefusedBy(JwtAuthFilter.class)
                .passes(RequestIdFilter.class)
                .takesRoute("orders")
                .hasAnswerHeader("WWW-Authenticate", "Bearer realm=\"gateway\"");
        gateway().get("/api/orders/1").bearer(TOKENS.expired()).isRefusedWith(401, "invalid-token");
        gateway().get("/api/orders/1").bearer(TOKENS.forWrongAudience()).isRefusedWith(401, "invalid-token");
        gateway().get("/api/orders/1").bearer(TOKENS.fromWrongIssuer()).isRefusedWith(401, "invalid-token");
        gateway().get("/api/orders/1").bearer(TOKENS.forged()).isRefusedWith(401, "invalid-token");
        gateway().get("/api//orders").isRefusedWith(400, "empty-segment");
        gateway().delete("/api/orders/1").isRefusedWith(405).hasNoRoute();
        gateway().get("/elsewhere").isRefusedWith(404).hasNoRoute();
        gateway().inFrontOfApplication().get("/elsewhere").goesToApplication();
    }

    @Test
    void knowsAnswersOfTheGatewayItself() {
        gateway().get("/ping").isAnsweredWith(200).routesTo("ping");
        gateway().get("/old/orders?a=b").redirectsTo(308, "/api/orders?a=b");
    }

    @Test
    void countsApartFromAllElse() {
        TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
        TestTokens tokens = TestTokens.of("https://idp.example.com", "orders-api", clock);
        assertThat(tokens.toString()).contains("idp.example.com");
        order().limitedAfter(5).freeAgainAfter(Duration.ofSeconds(12));
        order().limitedAfter(5);
        order().routesTo("orders");
    }

    @Test
    void goesByTheClockThatItIsGiven() {
        TestClock later =
                TestClock.at(GATEWAY.settings().time().wall().instant().plus(Duration.ofHours(2)));
        gateway().at(later).get("/api/orders/1").bearer(TOKENS.alice()).isRefusedWith(401, "invalid-token");
    }

    private static Arguments fails(String message, Consumer<RequestAssert> assertion) {
        return Arguments.of(message, assertion);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                fails("to take the route ping\nbut it takes orders", request -> request.routesTo("ping")),
                fails("to take no route\nbut it takes orders", RequestAssert::hasNoRoute),
                fails("to go to the upstream users\nbut it goes to orders", it -> it.goesToUpstream("users")),
                fails("to have the upstream path /x\nbut it is /v2/orders/1", it -> it.withUpstreamPath("/x")),
                fails("to have the upstream query a\nbut the upstream sees", it -> it.withUpstreamQuery("a")),
                fails("but there is [X-User-ID: alice]", it -> it.hasUpstreamHeader("X-User-ID", "bob")),
                fails("to have the upstream header X\nbut there is none", it -> it.hasUpstreamHeader("X")),
                fails("to have no upstream header Via\nbut there is [Via: ", it -> it.hasNoUpstreamHeader("Via")),
                fails("to be refused with 401\nbut it goes to upstream orders GET", it -> it.isRefusedWith(401)),
                fails("to be answered with 200\nbut it goes to upstream", it -> it.isAnsweredWith(200)),
                fails("to go to the host application\nbut it ends otherwise", RequestAssert::goesToApplication),
                fails("to be refused by JwtAuthFilter\nbut that PASSES", it -> it.isRefusedBy(JwtAuthFilter.class)),
                fails("to be limited after 4 requests\nbut the next is not", it -> it.limitedAfter(4)),
                fails("to be limited after 6 requests\nbut request 6 is refused", it -> it.limitedAfter(6)),
                fails(
                        "to be free again after PT11S\nbut it is refused still",
                        it -> it.limitedAfter(5).freeAgainAfter(Duration.ofSeconds(11))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatHappensInstead(String message, Consumer<RequestAssert> assertion) {
        assertThatThrownBy(() -> assertion.accept(order()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected GET /api/orders/1\n  ")
                .hasMessageContaining(message)
                .hasMessageContaining("request   GET /api/orders/1\n")
                .hasMessageContaining("filters   RequestIdFilter  passes\n")
                .message()
                .doesNotContain(TOKENS.alice().substring(20));
    }

    @Test
    void saysWhyARequestIsRefusedThatShouldNotBe() {
        assertThatThrownBy(() ->
                        gateway().get("/api/orders/1").bearer(TOKENS.expired()).routesTo("orders"))
                .hasMessageContaining("but it is refused with 401 invalid-token")
                .hasMessageContaining("because of EXPIRED");
    }
}
