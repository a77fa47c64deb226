package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile requests against the gateway as a servlet and as a filter in front of an application, in each container: refused
 * by name and never reaching what is behind, whether the container or the gateway is the first to notice.
 */
class AdmissionTest {

    private static final AtomicInteger REACHED = new AtomicInteger();
    private static final Map<String, WebApp> APPS = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        for (Container container : Container.values()) {
            Gateway answering = Gateway.builder()
                    .otherwise(Destination.answer(200, "text/plain", "reached"))
                    .build();
            Gateway passing =
                    Gateway.builder().otherwise(Destination.hostApplication()).build();
            APPS.put(
                    "servlet in " + container,
                    WebApp.on(container)
                            .servlet(ServletSetup.of("gateway", new GatewayServlet(answering))
                                    .patterns("/*"))
                            .start());
            APPS.put(
                    "filter in " + container,
                    WebApp.on(container)
                            .filter("router", new RouterFilter(passing))
                            .serve("/*", (request, response) -> {
                                REACHED.incrementAndGet();
                                response.getWriter().print("reached");
                            })
                            .start());
        }
    }

    @AfterAll
    static void stop() {
        APPS.values().forEach(WebApp::close);
        APPS.clear();
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refused")
    void refuses(String id, String rule, RawRequest request) {
        APPS.forEach((name, app) -> {
            int before = REACHED.get();
            RawResponse response = RawClient.exchange(app.port(), request);
            assertThat(response.status()).as(name).isBetween(400, 505).isNotEqualTo(500);
            assertThat(REACHED).as(name).hasValue(before);
            assertThat(response.bodyText()).as(name).doesNotContain("reached");
            if ("application/problem+json".equals(response.header("Content-Type"))) {
                assertThat(response.bodyText()).as(name).contains("\"rule\":\"" + rule + "\"");
                assertThat(response.bodyText()).as(name).doesNotContain("Exception");
            }
        });
    }

    static Stream<Arguments> refused() {
        List<Arguments> rows = new ArrayList<>();
        path(rows, "A01", "dot-segment", "/a/../b");
        path(rows, "A02", "dot-segment", "/a/./b", "/.", "/..", "/a/..");
        path(rows, "A03", "dot-segment", "/%2e%2e/a", "/a/%2E./b");
        path(rows, "A04", "path-parameter", "/a/..;/b", "/a/..;x=1/b", "/..;/");
        path(rows, "A05", "path-parameter", "/public;/../admin/x", "/admin;/x", "/;/admin");
        path(rows, "A06", "path-parameter", "/a;jsessionid=1/b", "/admin;a=b", "/admin;jsessionid=1");
        path(rows, "A07", "empty-segment", "//admin", "/a//b");
        path(rows, "A08", "encoded-slash", "/a%2fb", "/a%2Fb");
        path(rows, "A08", "dot-segment", "/admin%2f..%2f");
        path(rows, "A09", "encoded-backslash", "/a%5cb");
        path(rows, "A09", "backslash", "/a\\b");
        path(rows, "A10", "control-character", "/a%00b");
        path(rows, "A11", "control-character", "/a%0d%0aX:%20y", "/a%7f", "/a%c2%85");
        path(rows, "A13", "double-encoding", "/%252e%252e/", "/%25%32%66", "/a%252fb");
        path(rows, "A14", "not-utf8", "/%c0%ae", "/%ed%a0%80", "/%ff");
        path(rows, "A15", "broken-escape", "/%zz", "/%4");
        path(rows, "A16", "broken-escape", "/%u002e%u002e/");
        path(rows, "A17", "fragment", "/a#b");
        path(rows, "A18", "not-ascii", "/\u00fc");
        path(rows, "A20", "illegal-character", "/a|b", "/{a}", "/<a>", "/a^b", "/a`b");
        path(rows, "A21", "illegal-character-in-query", "/?a=b|c", "/?{", "/?a=\"", "/?\u00fc");
        path(rows, "A21", "broken-escape-in-query", "/?a=%zz", "/?%");
        path(rows, "A25", "too-many-segments", "/a".repeat(300));
        path(rows, "A28", "host", "http://other.test/");
        path(rows, "A29", "not-absolute-path", "*", "*/x");
        line(rows, "B01", "host", "GET / HTTP/1.1");
        line(rows, "B02", "host", "GET / HTTP/1.1", "Host: x.test", "Host: x.test");
        line(rows, "B04", "host", "GET / HTTP/1.0");
        for (String host :
                List.of("", "a..", "u@x.test", "a/b", "[::1", "[::1%\";for=203.0.113.9]", "x:99999", "a,b")) {
            line(rows, "B03", "host", "GET / HTTP/1.1", "Host: " + host);
        }
        field(rows, "C04", "header-name", ": v", "no colon");
        field(rows, "C05", "header-name", "X[A]: v", "X(A: v", "X\"A: v");
        field(rows, "C06", "underscore-in-header-name", "X_User_ID: admin", "Transfer_Encoding: chunked");
        field(rows, "C06", "disguised-header-name", "Content.Length: 5", "Transfer--Encoding: chunked", "Ho-st: a");
        field(rows, "C08", "header-value", "X-A: a\0b", "X-A: a\u0001b", "X-A: a\u007fb");
        field(rows, "C16", "connection-option", "Connection: close, authorization", "Connection: content-length");
        field(rows, "G05", "connection-option", "Connection: X-User-ID", "Connection: close,\tx-user-id");
        field(rows, "D04", "content-length", "Content-Length: 0\r\nContent-Length: 0", "Content-Length: 0, 0");
        field(rows, "D05", "content-length", "Content-Length: +0", "Content-Length: -0", "Content-Length: 0x0");
        field(rows, "D06", "transfer-coding", "Transfer-Encoding: xchunked", "Transfer-Encoding: identity");
        field(
                rows,
                "D08",
                "transfer-coding",
                "Transfer-Encoding: ,chunked\r\n\r\n0",
                "Transfer-Encoding: chunked,\r\n\r\n0");
        field(rows, "D09", "transfer-encoding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0");
        line(rows, "D12", "transfer-encoding", "POST / HTTP/1.0", "Host: x", "Transfer-Encoding: chunked\r\n\r\n0");
        line(rows, "E01", "method-refused", "TRACE / HTTP/1.1", "Host: x.test");
        line(rows, "E04", "method-unknown", "FOO / HTTP/1.1", "Host: x.test");
        line(rows, "E04", "method-unknown", "get / HTTP/1.1", "Host: x.test");
        line(rows, "E04", "method-malformed", "G=\"< / HTTP/1.1", "Host: x.test");
        line(rows, "J8", "method-refused", "CONNECT x.test:80 HTTP/1.1", "Host: x.test:80");
        field(rows, "E14", "expectation", "Expect: foo", "Expect: 100-continue, x");
        field(rows, "G20", "repeated-authorization", "Authorization: Bearer a\r\nauthorization: Bearer b");
        return rows.stream();
    }

    /** D01: Tomcat takes the length away before anybody sees it, and closes (RFC 9112 section 6.3). */
    @ParameterizedTest
    @EnumSource(Container.class)
    void trustsNoConnectionThatGaveALengthBesideACoding(Container container) {
        RawRequest request = RawRequest.raw(
                "POST / HTTP/1.1", "Host: x.test", "Content-Length: 5", "Transfer-Encoding: chunked\r\n\r\n0");
        APPS.forEach((name, app) -> {
            if (name.endsWith(container.toString())) {
                try (RawClient client = RawClient.connect(app.port())) {
                    client.send(request);
                    assertThat(client.readResponse().status())
                            .as(name)
                            .isEqualTo(container == Container.TOMCAT_10 ? 200 : 400);
                    client.awaitClosed();
                }
            }
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("admitted")
    void admits(String id, RawRequest request) {
        APPS.forEach((name, app) -> {
            RawResponse response = RawClient.exchange(app.port(), request);
            assertThat(response.status()).as(name).isEqualTo(200);
            assertThat(response.bodyText()).as(name).isEqualTo("reached");
        });
    }

    static Stream<Arguments> admitted() {
        return Stream.of(
                Arguments.arguments("A12", RawRequest.get("/a?x=%0d%0aX:%20y&%00")),
                Arguments.arguments("A22", RawRequest.get("/a?q=':@!*/?;")),
                Arguments.arguments("A26", RawRequest.get("http://localhost/a")),
                Arguments.arguments("A40", RawRequest.get("/%EF%BC%8Fadmin")),
                Arguments.arguments("B06", RawRequest.raw("GET /a HTTP/1.1", "Host: X.TEST.:80")),
                Arguments.arguments("B06", RawRequest.raw("GET /a HTTP/1.1", "Host: [0::1]")),
                Arguments.arguments("C17", RawRequest.get("/a").header("Connection", "keep-alive, TE")),
                Arguments.arguments("D13", RawRequest.post("/a").line("TrAnSfEr-EnCoDiNg: ChUnKeD\r\n\r\n0")),
                Arguments.arguments("D24", RawRequest.post("/a")),
                Arguments.arguments("G20", RawRequest.get("/a").header("authorization", "Bearer a")));
    }

    private static void path(List<Arguments> rows, String id, String rule, String... targets) {
        for (String target : targets) {
            line(rows, id, rule, "GET " + target + " HTTP/1.1", "Host: x.test");
        }
    }

    private static void field(List<Arguments> rows, String id, String rule, String... lines) {
        for (String line : lines) {
            line(rows, id, rule, "POST / HTTP/1.1", "Host: x.test", line);
        }
    }

    private static void line(List<Arguments> rows, String id, String rule, String requestLine, String... lines) {
        rows.add(Arguments.arguments(id, rule, RawRequest.raw(requestLine, lines)));
    }
}
