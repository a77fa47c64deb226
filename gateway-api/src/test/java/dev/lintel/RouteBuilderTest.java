package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import dev.lintel.request.PathRewrite;
import dev.lintel.request.RequestPath;
import dev.lintel.upstream.AnswerRewrite;
import dev.lintel.upstream.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteBuilderTest {

    @Test
    void buildsARouteWithDefaults() {
        Route route = Route.named("orders").path("/orders/{id}").to("orders").build();
        assertThat(route.destination()).isEqualTo(Destination.upstream("orders"));
        assertThat(route.priority()).isZero();
        assertThat(route.filters()).isEmpty();
        assertThat(route.matcher().methods()).isEmpty();
        assertThat(route.options()).isEqualTo(new Route.Options(PathRewrite.none(), Timeouts.DEFAULT, 0, false));
        assertThat(route.rewritten(RequestPath.parse("/orders/7"))).isEqualTo("/orders/7");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void tellsWhatIsWrong(UnaryOperator<RouteBuilder> mistake, List<String> problems) {
        assertThat(problems(mistake.apply(Route.named("a")))).containsExactlyElementsOf(problems);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                row(
                        r -> r,
                        "a.path: none (expected: a pattern such as /users/{id} or /files/**)",
                        "a.to: none (expected: a destination)"),
                row(r -> ok(r).path("/b"), "a.path: /b (expected: one path)"),
                row(r -> ok(r).maxWebSockets(-1), "a.maxWebSockets: -1 (expected: a whole number from 0 to 1000000)"),
                row(
                        r -> ok(r).webSocketIdleTimeout(java.time.Duration.ofMillis(999)),
                        "a.webSocketIdleTimeout: 999ms (expected: a duration from 1s to 1d)"),
                row(r -> ok(r).to("v"), "a.to: given twice (expected: one destination)"),
                row(r -> r.path("x").to("u"), "a.path: x (expected: a pattern that begins with /)"),
                row(r -> ok(r).host("a:80"), "a.host: a:80 (expected: a host name without port, or *.domain)"),
                row(
                        r -> ok(r).methods("get", "CONNECT", "TRACE", "G T"),
                        "a.methods: get (expected: methods in upper case, neither CONNECT nor TRACE)",
                        "a.methods: CONNECT (expected: methods in upper case, neither CONNECT nor TRACE)",
                        "a.methods: TRACE (expected: methods in upper case, neither CONNECT nor TRACE)",
                        "a.methods: G T (expected: methods in upper case, neither CONNECT nor TRACE)"),
                row(r -> ok(r).header("X A", "s3cret"), "a.header: X A (expected: a field or parameter name)"),
                row(
                        r -> ok(r).clientAddress().clientAddress("10.0.0.1/8"),
                        "a.clientAddress: none (expected: at least one address or network)",
                        "a.clientAddress: 10.0.0.1/8 (expected: an address, or a network such as 10.0.0.0/8)"),
                row(
                        r -> ok(r).minBodyRate(-1, Duration.ofSeconds(1)),
                        "a.minBodyRate.bytesPerSecond: -1 (expected: a size from 0 to 1GiB)"),
                row(r -> ok(r).cookie("a b", "s3cret"), "a.cookie: a b (expected: a field or parameter name)"),
                row(r -> ok(r).queryPresent(""), "a.query:  (expected: a field or parameter name)"),
                row(
                        r -> ok(r).header("X-A", "1").header("x-a", "s3cret"),
                        "a.header: x-a (expected: one condition for each field, parameter or cookie)"),
                row(
                        r -> ok(r).query("a", "1").queryPresent("a"),
                        "a.query: a (expected: one condition for each field, parameter or cookie)"),
                row(
                        r -> ok(r).maxRequestBody(-1),
                        "a.maxRequestBody: -1 (expected: a size such as 512, 10KiB, 1MiB or 1GiB)"),
                row(
                        r -> ok(r).connectTimeout(Duration.ZERO),
                        "a.connectTimeout: 0s (expected: a duration from 1ms to 1h)"),
                row(
                        r -> ok(r).stripPrefix("/api"),
                        "a.stripPrefix: /api (expected: a prefix with which the route's path /a/{id} begins)"),
                row(
                        r -> ok(r).rewritePath("/{x}"),
                        "a.rewritePath: /{x} (expected: only variables of the route's path /a/{id}, which has no {x})"),
                row(
                        r -> ok(r).stripPrefix("/a").setPath("/b"),
                        "a.setPath: beside stripPrefix (expected: one of stripPrefix, setPath, rewritePath)"),
                row(r -> ok(r).setPath("/a/../b"), "a.setPath: /a/../b (expected: a path; dot-segment)"),
                row(r -> r.path("/a").answer(99, "", ""), "a.answer: 99 (expected: 200 to 599)"),
                row(r -> r.path("/a").redirect(200, "/b"), "a.redirect: 200 (expected: 301, 302, 303, 307 or 308)"),
                row(
                        r -> r.path("/a").redirect(301, "/{x}"),
                        "a.redirect: /{x} (expected: only variables of the route's path /a, which has no {x})"),
                row(
                        r -> r.path("/a/b").stripPrefix("/a").toHostApplication(),
                        "a.stripPrefix: to the host application (expected: no rewriting: it sees the path received)"));
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThat(problems(Route.named("a b").host("*").connectTimeout(Duration.ZERO)))
                .containsExactly(
                        "a b.name: a b (expected: 1 to 64 letters, digits, -, _ and .)",
                        "a b.host: * (expected: a host name without port, or *.domain)",
                        "a b.path: none (expected: a pattern such as /users/{id} or /files/**)",
                        "a b.to: none (expected: a destination)",
                        "a b.connectTimeout: 0s (expected: a duration from 1ms to 1h)");
    }

    private static List<String> problems(RouteBuilder route) {
        return catchThrowableOfType(GatewayException.class, route::build).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static RouteBuilder ok(RouteBuilder route) {
        return route.path("/a/{id}").to("u");
    }

    private static Arguments row(UnaryOperator<RouteBuilder> mistake, String... problems) {
        return Arguments.arguments(mistake, List.of(problems));
    }

    @Test
    void refusesToRewriteAnswersWhereThePathCannotBeMadeUndone() {
        assertThatThrownBy(() -> Route.named("a")
                        .path("/a/{id}")
                        .rewritePath("/b/{id}")
                        .rewriteLocations("not a host")
                        .to("service")
                        .build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("rewriteLocations: beside rewritePath")
                .hasMessageContaining("rewriteLocations: not shown (expected: host[:port])");
        assertThat(Route.named("a")
                        .path("/a/**")
                        .stripPrefix("/a")
                        .rewriteCookies("b.example:81")
                        .to("service")
                        .build()
                        .options()
                        .answers())
                .isEqualTo(new AnswerRewrite(false, true, List.of("b.example:81")));
    }
}
