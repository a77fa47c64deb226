package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.CapturedLog;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway in front of an application of its own. */
class RouterFilterTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void sendsSomePathsToUpstreamsAndTheRestToTheApplication(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("upstream"));
                WebApp app = monolith(container, gateway(upstream))) {
            assertThat(get(app, "/api/x").bodyText()).isEqualTo("upstream");
            assertThat(upstream.awaitRequest().target()).isEqualTo("/x");
            assertThat(get(app, "/shop/x").bodyText()).startsWith("application GET /shop/x");
            assertThat(get(app, "/fixed").bodyText()).isEqualTo("fixed");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesAmbiguousPathsThatNoRouteMatches(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("upstream"));
                WebApp app = monolith(container, gateway(upstream))) {
            for (String path :
                    new String[] {"/api;x/y", "/shop/..;/admin", "/shop//x", "/shop/%2e%2e/x", "/shop;a=b/x"}) {
                RawResponse response = get(app, path);
                assertThat(response.status()).as(path).isEqualTo(400);
            }
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void hidesForgedIdentityFromTheApplication(Container container) {
        Gateway gateway = Gateway.builder()
                .allowUnderscoresInHeaderNames()
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (WebApp app = monolith(container, gateway)) {
            RawResponse response = RawClient.exchange(
                    app.port(),
                    RawRequest.get("/x")
                            .header("X-User-ID", "admin")
                            .header("x_user_id", "admin")
                            .header("X.User.Role", "admin")
                            .header("XUserRole", "admin")
                            .header("X-Other", "kept"));
            assertThat(response.bodyText()).containsIgnoringCase("x-other").doesNotContainIgnoringCase("user");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void givesTheApplicationForwardedFieldsOfItsOwnOnlyIfAsked(Container container) {
        for (boolean fresh : new boolean[] {false, true}) {
            Gateway gateway = Gateway.builder()
                    .forwardedHeadersToHostApplication(fresh)
                    .route(Route.named("app").path("/**").toHostApplication())
                    .build();
            try (WebApp app = WebApp.on(container)
                    .filter("router", new RouterFilter(gateway))
                    .serve(
                            "/*",
                            (request, response) -> response.getWriter()
                                    .print(request.getHeader("X-Forwarded-For") + " " + request.getHeader("Forwarded")))
                    .start()) {
                RawRequest spoofing = RawRequest.raw(
                        "GET /x HTTP/1.1", "Host: x.test", "X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6");
                assertThat(RawClient.exchange(app.port(), spoofing).bodyText())
                        .isEqualTo(fresh ? "127.0.0.1 for=127.0.0.1;host=x.test;proto=http" : "6.6.6.6 for=6.6.6.6");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void hidesForgedIdentityAfterTheApplicationDispatchedItself(Container container) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (WebApp app = WebApp.on(container)
                .filter("router", new RouterFilter(gateway))
                .serve("/*", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.REQUEST) {
                        request.startAsync().dispatch();
                    } else {
                        response.getWriter().print("user " + request.getHeader("X-User-ID"));
                    }
                })
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x").header("X-User-ID", "root"))
                            .bodyText())
                    .isEqualTo("user null");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void takesInWhatAFilterInFrontDispatched(Container container) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("admin").path("/admin/**").answer(403, "text/plain", "no"))
                .build();
        Filter forwarding = (request, response, chain) -> {
            if (((HttpServletRequest) request).getRequestURI().startsWith("/old")) {
                request.getRequestDispatcher("/admin/x").forward(request, response);
            } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else {
                chain.doFilter(request, response);
            }
        };
        try (WebApp app = WebApp.on(container)
                .filter("front", forwarding)
                .filter(FilterSetup.of("router", new RouterFilter(gateway))
                        .dispatchers(
                                DispatcherType.REQUEST,
                                DispatcherType.FORWARD,
                                DispatcherType.ASYNC,
                                DispatcherType.ERROR))
                .serve("/*", (request, response) -> response.getWriter().print("application"))
                .start()) {
            assertThat(get(app, "/old/x").status()).as("forwarded").isEqualTo(403);
            assertThat(get(app, "/admin/x").status()).as("dispatched").isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void leavesErrorsOfTheApplicationToItsOwnErrorPages(Container container) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        try (WebApp app = WebApp.on(container)
                .filter("router", new RouterFilter(gateway))
                .serve("/boom", (request, response) -> {
                    throw new IllegalStateException("boom");
                })
                .start()) {
            RawResponse response = get(app, "/boom");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.bodyText()).doesNotContain("internal-error");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void stopsAnApplicationThatReadsMoreThanTheRouteAllows(Container container) {
        Gateway gateway = Gateway.builder()
                .route(Route.named("app").path("/**").maxRequestBody(4).toHostApplication())
                .build();
        try (WebApp app = WebApp.on(container)
                .filter("router", new RouterFilter(gateway))
                .serve(
                        "/*",
                        (request, response) -> response.getWriter()
                                .print(request.getInputStream().readAllBytes().length))
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.post("/x").chunked("ab", "cd"))
                            .bodyText())
                    .isEqualTo("4");
            assertThat(RawClient.exchange(app.port(), RawRequest.post("/x").chunked("ab", "cde"))
                            .status())
                    .isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void takesItsGatewayFromASupplierNamedInWebXml(Container container) {
        try (WebApp app = WebApp.on(container).webXml("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <servlet>
                            <servlet-name>gateway</servlet-name>
                            <servlet-class>dev.lintel.router.GatewayServlet</servlet-class>
                            <init-param>
                              <param-name>gateway</param-name>
                              <param-value>dev.lintel.router.RouterFilterTest$Hello</param-value>
                            </init-param>
                            <async-supported>true</async-supported>
                          </servlet>
                          <servlet-mapping>
                            <servlet-name>gateway</servlet-name>
                            <url-pattern>/gw/*</url-pattern>
                          </servlet-mapping>
                        </web-app>
                        """).start()) {
            assertThat(get(app, "/gw/hello").bodyText()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersAndTellsTheLogWhenAsyncSupportIsMissing(Container container) {
        try (CapturedLog log = CapturedLog.start();
                ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("upstream"));
                WebApp app = WebApp.on(container)
                        .filter(dev.lintel.testing.FilterSetup.of("router", new RouterFilter(gateway(upstream)))
                                .withoutAsync())
                        .start()) {
            RawResponse response = get(app, "/api/x");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.bodyText()).contains("async-not-supported");
            get(app, "/api/x");
            assertThat(log.lines().stream().filter(line -> line.contains("async-supported")))
                    .singleElement()
                    .asString()
                    .contains("<async-supported>true</async-supported>");
        }
    }

    /** Makes a gateway for {@code web.xml}. */
    public static final class Hello implements Supplier<Gateway> {
        @Override
        public Gateway get() {
            return Gateway.builder()
                    .route(Route.named("hello").path("/gw/hello").answer(200, "text/plain", "hello"))
                    .build();
        }
    }

    private static Gateway gateway(ScriptedUpstream upstream) {
        return Gateway.builder()
                .upstream(Upstream.named("up").target(upstream.url()))
                .route(Route.named("api").path("/api/**").stripPrefix("/api").to("up"))
                .route(Route.named("fixed").path("/fixed").answer(200, "text/plain", "fixed"))
                .build();
    }

    private static WebApp monolith(Container container, Gateway gateway) {
        return WebApp.on(container)
                .filter("router", new RouterFilter(gateway))
                .serve(
                        "/*",
                        (request, response) -> response.getWriter()
                                .print("application " + request.getMethod() + " " + request.getRequestURI() + " "
                                        + names(request)))
                .start();
    }

    private static String names(HttpServletRequest request) {
        return String.join(" ", Collections.list(request.getHeaderNames()));
    }

    private static RawResponse get(WebApp app, String target) {
        return RawClient.exchange(app.port(), RawRequest.get(target));
    }
}
