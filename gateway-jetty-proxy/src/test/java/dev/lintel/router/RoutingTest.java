package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gateway answers itself, as a servlet in each container. */
class RoutingTest {

    private static final Gateway GATEWAY = Gateway.builder()
            .route(Route.named("root").path("/").answer(200, "text/plain", "root"))
            .route(Route.named("hello").path("/hello").methods("GET").answer(200, "text/plain", "hello"))
            .route(Route.named("save").path("/hello").methods("PUT").answer(204, "", ""))
            .route(Route.named("limited").path("/limited").maxRequestBody(3).answer(200, "text/plain", "ok"))
            .route(Route.named("slashes")
                    .path("/slashes/{x}")
                    .allowEncodedSlashes()
                    .answer(200, "text/plain", "ok"))
            .route(Route.named("plain").path("/plain/{x}").answer(200, "text/plain", "ok"))
            .route(Route.named("old").path("/old/**").redirect(308, "/new/**"))
            .route(Route.named("away").path("/away/{id}").redirect(302, "https://www.example.com/people/{id}"))
            .route(Route.named("host").host("api.example.com").path("/hello").answer(200, "text/plain", "by host"))
            .route(Route.named("lane").path("/cookies").cookie("lane", "blue").answer(200, "text/plain", "blue"))
            .route(Route.named("seen")
                    .path("/cookies")
                    .cookie("lane", "green")
                    .cookiePresent("seen")
                    .answer(200, "text/plain", "seen"))
            .route(Route.named("cookies").path("/cookies").answer(200, "text/plain", "any"))
            .route(Route.named("tenant")
                    .path("/hello")
                    .methods("GET")
                    .header("X-Tenant", "a")
                    .answer(200, "", "a"))
            .route(Route.named("beta")
                    .path("/hello")
                    .methods("GET")
                    .query("be ta", "1")
                    .headerPresent("X-Beta")
                    .answer(200, "text/plain", "beta"))
            .build();

    @ParameterizedTest(name = "{1} on {0} is answered {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /|200|root",
                "GET /hello|200|hello",
                "HEAD /hello|200|",
                "PUT /hello|204|",
                "POST /hello|405|method-not-allowed",
                "GET /nothing|404|no-route",
                "GET /hello/|404|no-route",
                "GET /nothing;x=1|400|path-parameter",
                "GET /a/%2e%2e/b|400|dot-segment",
                "GET /hello?a=%zz|400|broken-escape-in-query",
                "FOO /hello|501|method-unknown",
                "TRACE /hello|405|method-refused",
            })
    void answersInEveryContainer(String requestLine, int status, String bodyPart) {
        for (Container container : Container.values()) {
            try (WebApp app = start(container, "")) {
                RawResponse response =
                        RawClient.exchange(app.port(), RawRequest.raw(requestLine + " HTTP/1.1", "Host: x.test"));
                assertThat(response.status())
                        .as("%s on %s", requestLine, container)
                        .isEqualTo(status);
                if (bodyPart != null && response.bodyText().startsWith("{")) {
                    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
                    assertThat(response.bodyText()).contains("\"rule\":\"" + bodyPart + "\"");
                } else if (bodyPart != null && status < 400) {
                    assertThat(response.bodyText()).isEqualTo(bodyPart);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void namesTheMethodsThatAreAllowed(Container container) {
        try (WebApp app = start(container, "")) {
            assertThat(get(app, "POST /hello").header("Allow")).isEqualTo("GET, HEAD, PUT");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void matchesHostsHeadersAndQueries(Container container) {
        try (WebApp app = start(container, "")) {
            assertThat(body(app, "/hello", "Host: API.example.com.:80")).isEqualTo("by host");
            assertThat(body(app, "/hello", "Host: x", "X-Tenant: a")).isEqualTo("a");
            assertThat(body(app, "/hello", "Host: x", "X-Tenant: b")).isEqualTo("hello");
            assertThat(body(app, "/hello", "Host: x", "X-Tenant: a", "X-Tenant: a"))
                    .isEqualTo("hello");
            assertThat(body(app, "/hello?x&be%20ta=1", "Host: x", "X-Beta:")).isEqualTo("beta");
            assertThat(body(app, "/hello?be%20ta=1&be%20ta=1", "Host: x", "X-Beta: 1"))
                    .isEqualTo("hello");
            // a plus sign is one, as for hidden parameters and limits
            assertThat(body(app, "/hello?be+ta=1", "Host: x", "X-Beta: 1")).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void matchesCookies(Container container) {
        try (WebApp app = start(container, "")) {
            assertThat(body(app, "/cookies", "Host: x", "Cookie: a=b; lane=blue"))
                    .isEqualTo("blue");
            assertThat(body(app, "/cookies", "Host: x", "Cookie: a=b", "Cookie: lane=\"blue\""))
                    .isEqualTo("blue");
            assertThat(body(app, "/cookies", "Host: x", "Cookie: lane=green;seen="))
                    .isEqualTo("seen");
            for (String other : new String[] {
                "lane=blue; lane=green", "lane=blue; lane=blue", "Lane=blue", "lane=Blue", "xlane=blue", "lane", "lane="
            }) {
                assertThat(body(app, "/cookies", "Host: x", "Cookie: " + other))
                        .as(other)
                        .isEqualTo("any");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void matchesWhereRequestsComeFrom(Container container) {
        Gateway gateway = Gateway.builder()
                .trustedProxies("127.0.0.0/8")
                .route(Route.named("inside")
                        .path("/a")
                        .clientAddress("10.0.0.0/8", "2001:db8::/32")
                        .answer(200, "text/plain", "inside"))
                .route(Route.named("office")
                        .path("/a")
                        .clientAddress("192.0.2.7")
                        .answer(200, "text/plain", "office"))
                .route(Route.named("any").path("/a").answer(200, "text/plain", "any"))
                .build();
        try (WebApp app = WebApp.on(container)
                .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)).patterns("/*"))
                .start()) {
            assertThat(body(app, "/a", "Host: x", "X-Forwarded-For: 10.1.2.3")).isEqualTo("inside");
            assertThat(body(app, "/a", "Host: x", "X-Forwarded-For: 2001:db8::1"))
                    .isEqualTo("inside");
            assertThat(body(app, "/a", "Host: x", "X-Forwarded-For: 192.0.2.7")).isEqualTo("office");
            assertThat(body(app, "/a", "Host: x", "X-Forwarded-For: 10.1.2.3, 192.0.2.8"))
                    .isEqualTo("any");
            assertThat(body(app, "/a", "Host: x")).isEqualTo("any");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void redirectsWithinTheContextPath(Container container) {
        try (WebApp app = start(container, "/app")) {
            assertThat(get(app, "GET /app/old/x?y").header("Location")).matches("(http://x.test)?/app/new/x\\?y");
            assertThat(get(app, "GET /app/away/7").header("Location")).isEqualTo("https://www.example.com/people/7");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void redirectsWithPathAndQueryKept(Container container) {
        try (WebApp app = start(container, "")) {
            RawResponse moved = get(app, "GET /old/a%20b/c/?q=%2F&r");
            assertThat(moved.status()).isEqualTo(308);
            assertThat(moved.header("Location")).endsWith("/new/a%20b/c/?q=%2F&r");
            assertThat(get(app, "GET /away/7").header("Location")).isEqualTo("https://www.example.com/people/7");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void matchesAfterTheContextPath(Container container) {
        try (WebApp app = start(container, "/app")) {
            assertThat(get(app, "GET /app/hello").bodyText()).isEqualTo("hello");
            assertThat(get(app, "GET /app/").bodyText()).isEqualTo("root");
            assertThat(get(app, "GET /app/app/hello").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesABodyThatIsDeclaredTooLong(Container container) {
        try (WebApp app = start(container, "")) {
            RawResponse refused =
                    RawClient.exchange(app.port(), RawRequest.post("/limited").body("four"));
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.header("Connection")).isEqualTo("close");
            assertThat(RawClient.exchange(
                                    app.port(), RawRequest.post("/limited").body("abc"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "as a filter: {1} in {0}")
    @CsvSource({"JETTY_EE10,false", "JETTY_EE10,true", "TOMCAT_10,false", "TOMCAT_10,true"})
    void admitsAnEncodedSlashOnlyWhereTheRouteSaysSo(Container container, boolean filter) {
        WebApp.Builder setup = WebApp.on(container).lettingEncodedSlashesIn();
        try (WebApp app = (filter
                        ? setup.filter("gateway", new RouterFilter(GATEWAY))
                        : setup.servlet(ServletSetup.of("gateway", new GatewayServlet(GATEWAY))))
                .start()) {
            for (String refused : new String[] {"/plain/a%2Fb", "/nothing/a%2fb", "/slashes%2Fa"}) {
                RawResponse response = get(app, "GET " + refused);
                assertThat(response.status()).as(refused).isEqualTo(400);
                assertThat(response.bodyText()).contains("\"rule\":\"encoded-slash\"");
            }
            for (String admitted : new String[] {"/slashes/a%2Fb", "/slashes/a%2fb", "/slashes/%2F"}) {
                RawResponse response = get(app, "GET " + admitted);
                assertThat(response.status()).as(admitted).isEqualTo(200);
                assertThat(response.bodyText()).isEqualTo("ok");
            }
        }
    }

    @Test
    void refusesToMountARouteThatNeedsAHostApplication() {
        Gateway gateway = Gateway.builder()
                .route(Route.named("app").path("/app/**").toHostApplication())
                .build();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> start(gateway).close()))
                .hasStackTraceContaining("routes.app.to: the host application");
    }

    @Test
    void sendsWhatNoRouteMatchesToItsLastResort() {
        Gateway gateway = Gateway.builder()
                .otherwise(Destination.answer(404, "text/plain", "nothing here"))
                .build();
        try (WebApp app = start(gateway)) {
            RawResponse response = get(app, "GET /any/thing");
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.bodyText()).isEqualTo("nothing here");
        }
    }

    private static WebApp start(Container container, String contextPath) {
        return WebApp.on(container)
                .contextPath(contextPath)
                .servlet(ServletSetup.of("gateway", new GatewayServlet(GATEWAY)).patterns("/*"))
                .start();
    }

    private static WebApp start(Gateway gateway) {
        return WebApp.on(Container.JETTY_EE10)
                .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway)).patterns("/*"))
                .start();
    }

    private static RawResponse get(WebApp app, String requestLine) {
        return RawClient.exchange(app.port(), RawRequest.raw(requestLine + " HTTP/1.1", "Host: x.test"));
    }

    private static String body(WebApp app, String target, String... lines) {
        return RawClient.exchange(app.port(), RawRequest.raw("GET " + target + " HTTP/1.1", lines))
                .bodyText();
    }
}
