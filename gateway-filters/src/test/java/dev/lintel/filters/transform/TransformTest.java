package dev.lintel.filters.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.identity.Caller;
import dev.lintel.option.GatewayException;
import dev.lintel.request.RequestPath;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformTest {

    private static final Map<String, Object> CLAIMS = Map.of(
            "tenant", "t1",
            "level", 7,
            "groups", List.of("a", "b"),
            "nested", Map.of("zone", "z1"),
            "comma", "a,b",
            "semicolon", "admin;q=1",
            "split", "a\r\nX-Role: admin",
            "foreign", "\u0142",
            "mixed", List.of("a", "b,c"));

    @ParameterizedTest
    @EnumSource(Container.class)
    void writesFactsOfTheRequest(Container container) {
        RequestTransformFilter filter = RequestTransformFilter.builder()
                .set(
                        "X-Facts",
                        "${request.id} ${client.address} ${route:-no route} ${method} ${scheme} ${host} ${path}")
                .set("X-Caller", "${subject}/${consumer}/${claim.tenant}/${claim.level}/${claim.nested.zone}")
                .set("X-Groups", "[${claim.groups}]")
                .set("X-Literal", "$${method} $ {} ${claim.none:-}.")
                .set("X-Nothing", "before ${claim.none} after")
                .build();
        try (WebApp app = app(container, filter)) {
            List<String> seen = seen(app, RawRequest.get("/a%20b?c=d").header("x-nothing", "forged"));
            assertThat(seen)
                    .containsExactly(
                            "x-caller: alice/acme/t1/7/z1",
                            "x-facts: id1 127.0.0.1 no route GET http localhost /a%20b",
                            "x-groups: [a,b]",
                            "x-literal: ${method} $ {} .");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"comma", "semicolon", "split", "foreign", "mixed", "nested"})
    void g08_refusesClaimsThatCouldSplitAHeaderOrAList(String claim) {
        String template = "${claim." + claim + ":-otherwise}";
        try (WebApp app = app(
                Container.JETTY_EE10,
                RequestTransformFilter.builder().set("X-A", template).build())) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.bodyText())
                    .contains("\"rule\":\"unsafe-value\"")
                    .doesNotContain("admin");
        }
        try (WebApp app = app(
                Container.JETTY_EE10,
                ResponseTransformFilter.builder().set("X-A", template).build())) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.rawHead()).doesNotContain("X-A", "X-Role");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void editsRequestsInOrder(Container container) {
        RequestTransformFilter filter = RequestTransformFilter.builder()
                .add("X-Added", "ours")
                .set("X-Set", "ours")
                .copy("X-Renamed", "X-Copy")
                .rename("X-Old", "X-Renamed")
                .remove("X-Gone")
                .build();
        try (WebApp app = app(container, filter)) {
            List<String> seen = seen(
                    app,
                    RawRequest.get("/")
                            .header("X-Added", "theirs")
                            .header("X-Set", "theirs")
                            .header("X_Set", "theirs")
                            .header("X-Old", "1")
                            .header("X-Old", "2")
                            .header("X-Renamed", "forged")
                            .header("X.Copy", "forged")
                            .header("x_gone", "theirs"));
            assertThat(seen)
                    .containsExactly(
                            "x-added: ours",
                            "x-added: theirs",
                            "x-copy: 1",
                            "x-copy: 2",
                            "x-renamed: 1",
                            "x-renamed: 2",
                            "x-set: ours");
        }
    }

    @Test
    void takesParametersOutOfTheQuery() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter(
                        "transform",
                        RequestTransformFilter.builder()
                                .removeQuery("debug", "t")
                                .build())
                .serve("/", (request, response) -> response.getWriter().print(request.getQueryString()))
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/?x=%41&debug=1&%64ebug=2&t&debugger=3&y"))
                            .bodyText())
                    .isEqualTo("x=%41&debugger=3&y");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void editsResponses(Container container) {
        ResponseTransformFilter filter = ResponseTransformFilter.builder()
                .set("X-Set", "${method}")
                .set("X-Nothing", "${claim.none}")
                .add("X-Added", "ours")
                .rename("X-Old", "X-New")
                .copy("X-Kept", "X-Copy")
                .copy("Last-Modified", "X-Modified")
                .remove("X-Gone")
                .build();
        try (WebApp app = WebApp.on(container)
                .filter("transform", filter)
                .serve("/", (request, response) -> {
                    response.setHeader("X-Set", "theirs");
                    response.setHeader("X-Nothing", "theirs");
                    response.setHeader("X-Added", "theirs");
                    response.addHeader("x_old", "1");
                    response.addIntHeader("X-Old", 2);
                    response.setIntHeader("X-Kept", 3);
                    response.setDateHeader("Last-Modified", 0);
                    response.setHeader("x.gone", "theirs");
                })
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            List<String> lines = response.headerLines().stream()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith("x"))
                    .sorted()
                    .toList();
            assertThat(lines)
                    .containsExactly(
                            "x-added: ours",
                            "x-added: theirs",
                            "x-copy: 3",
                            "x-kept: 3",
                            "x-modified: thu, 01 jan 1970 00:00:00 gmt",
                            "x-new: 1",
                            "x-new: 2",
                            "x-nothing: theirs",
                            "x-set: get");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host",
        "content-length",
        "Transfer_Encoding",
        "Connection",
        "X-User-ID",
        "x.user.role",
        "X-Forwarded-For",
        "X-Forwarded-Anything",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "TE",
        "Upgrade",
        "X-Request-Id",
        "Expect"
    })
    void refusesFieldsOfTheGateway(String field) {
        assertThatThrownBy(() -> RequestTransformFilter.builder()
                        .set(field, "a")
                        .remove(field)
                        .rename("X-A", field)
                        .copy(field, "X-B")
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly(
                                        "remove " + field,
                                        "rename.X-A " + field,
                                        "copy." + field + " " + field,
                                        "set." + field + " " + field));
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> RequestTransformFilter.builder()
                        .set("X-A", "${clam.x} ${header.a b}")
                        .set("X-B", "a\r\nb")
                        .set("X-C", "${method")
                        .set("X-D", "")
                        .set("X-E", "a")
                        .add("X-E", "b")
                        .rename("X-F", "x_f")
                        .remove("X-*", "")
                        .removeQuery("", "a b")
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly(
                                        "removeQuery ",
                                        "removeQuery a b",
                                        "remove X-*",
                                        "remove ",
                                        "rename.X-F x_f",
                                        "set.X-A ${clam.x}",
                                        "set.X-A ${header.a b}",
                                        "set.X-B not shown",
                                        "set.X-C not shown",
                                        "set.X-D nothing",
                                        "add.X-E not shown"));
        assertThatThrownBy(() -> ResponseTransformFilter.builder()
                        .rename("Set-Cookie", "X-Cookie")
                        .copy("X-Type", "content_type")
                        .build())
                .hasMessageContaining("rename.Set-Cookie: X-Cookie (expected: neither Content-Type nor Set-Cookie)")
                .hasMessageContaining("copy.X-Type: content_type");
        assertThatThrownBy(() -> ResponseTransformFilter.builder().build()).hasMessageContaining("set: none");
    }

    private static WebApp app(Container container, Filter transform) {
        Filter gateway = (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            Exchange exchange = Exchange.begin(http, RequestPath.parse(http.getRequestURI()), ExchangeSettings.DEFAULT);
            exchange.requestId("id1");
            exchange.caller(new Caller("jwt", "alice", "acme", List.of(), List.of(), CLAIMS, null));
            chain.doFilter(request, response);
            exchange.complete();
        };
        return WebApp.on(container)
                .filter("gateway", gateway)
                .filter("transform", transform)
                .servlet(ServletSetup.of("seen", (request, response) -> {
                    for (String name : Collections.list(request.getHeaderNames())) {
                        for (String value : Collections.list(request.getHeaders(name))) {
                            response.getWriter().print(name.toLowerCase(Locale.ROOT) + ": " + value + "\n");
                        }
                    }
                }))
                .start();
    }

    private static List<String> seen(WebApp app, RawRequest request) {
        return RawClient.exchange(app.port(), request)
                .bodyText()
                .lines()
                .filter(line -> !line.startsWith("host:"))
                .sorted()
                .toList();
    }
}
