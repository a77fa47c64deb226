package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.router.GatewayServlet;
import dev.lintel.router.RouterFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.CapturedLog;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** P16, P17 and P18: a file in an application whose {@code web.xml} says too little, or too much. */
class HostileApplicationTest {

    private static final String DIGEST = "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";

    @TempDir
    private Path folder;

    /** Async support is needed on the way to an upstream only; there its lack is told, once, and nothing hangs. */
    @ParameterizedTest
    @CsvSource({
        "JETTY_EE10, /up, 500, async-not-supported, 1",
        "TOMCAT_10, /up, 500, async-not-supported, 1",
        "JETTY_EE10, /fixed, 200, fixed, 0",
        "TOMCAT_10, /fixed, 200, fixed, 0",
        "JETTY_EE10, /app, 200, app, 0",
        "TOMCAT_10, /app, 200, app, 0"
    })
    void p16WithoutAsyncSupport(Container container, String path, int status, String body, int told)
            throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("upstream"));
                CapturedLog log = CapturedLog.start();
                WebApp app = WebApp.on(container)
                        .filter(router("""
                                upstreams: { a: "%s" }
                                routes:
                                  - { id: up, match: { path: /up }, auth: none, upstream: a }
                                  - { id: fixed, match: { path: /fixed }, answer: { status: 200, body: fixed } }
                                  - { id: app, match: { path: /app }, auth: none, hostApplication: true }
                                """.formatted(upstream.url())).withoutAsync())
                        .serve(
                                "/app",
                                (request, response) -> response.getWriter().print("app"))
                        .start()) {
            for (int i = 0; i < 2; i++) {
                RawResponse answer = get(app, path);
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.bodyText()).contains(body);
            }
            assertThat(log.lines().stream().filter(line -> line.contains("<async-supported>true</async-supported>")))
                    .hasSize(told);
        }
    }

    /** A limit of one tells whether a request is judged twice; a key, whether it is judged at all. */
    @ParameterizedTest
    @CsvSource({
        "JETTY_EE10, /open/forward, 401",
        "TOMCAT_10, /open/forward, 401",
        "JETTY_EE10, /open/forward-with-key, 200",
        "TOMCAT_10, /open/forward-with-key, 200",
        "JETTY_EE10, /open/async, 401",
        "TOMCAT_10, /open/async, 401",
        "JETTY_EE10, /open/ambiguous, 400",
        "TOMCAT_10, /open/ambiguous, 400",
        "JETTY_EE10, /open/view, 200",
        "TOMCAT_10, /open/view, 200",
        "JETTY_EE10, /once/async, 200",
        "TOMCAT_10, /once/async, 200",
        "JETTY_EE10, /once/include, 200",
        "TOMCAT_10, /once/include, 200",
        "JETTY_EE10, /once/error, 418",
        "TOMCAT_10, /once/error, 418"
    })
    void p17EveryKindOfDispatch(Container container, String path, int status) throws IOException {
        AtomicInteger served = new AtomicInteger();
        try (WebApp app = WebApp.on(container)
                .filter(router("""
                                routes:
                                  - { id: open, match: { path: /open/** }, auth: none, hostApplication: true }
                                  - id: private
                                    match: { path: /private/** }
                                    filters: [ { apiKey: { keys: ["acme:%s"] } } ]
                                    hostApplication: true
                                  - id: once
                                    match: { path: /once/** }
                                    filters: [ { rateLimit: { limits: one=1/1h, key: route } } ]
                                    auth: none
                                    hostApplication: true
                                """.formatted(DIGEST))
                        .dispatchers(
                                DispatcherType.REQUEST,
                                DispatcherType.FORWARD,
                                DispatcherType.INCLUDE,
                                DispatcherType.ASYNC,
                                DispatcherType.ERROR))
                .serve(
                        "/open/*",
                        (request, response) ->
                                request.getRequestDispatcher("/private/page").forward(request, response))
                .serve(
                        "/open/async",
                        (request, response) -> request.startAsync().dispatch("/private/page"))
                .serve(
                        "/open/ambiguous",
                        (request, response) -> request.getRequestDispatcher("/private/page;a=b")
                                .forward(request, response))
                .serve(
                        "/open/view",
                        (request, response) ->
                                request.getRequestDispatcher("/WEB-INF/view").forward(request, response))
                .serve("/WEB-INF/view", (request, response) -> served.incrementAndGet())
                .serve("/private/page", (request, response) -> served.incrementAndGet())
                .serve("/once/async", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        served.incrementAndGet();
                    } else {
                        request.startAsync().dispatch();
                    }
                })
                .serve("/once/include", (request, response) -> {
                    request.getRequestDispatcher("/private/page").include(request, response);
                    request.getRequestDispatcher("/once/part").include(request, response);
                })
                .serve("/once/part", (request, response) -> {})
                .serve("/once/error", (request, response) -> {
                    served.incrementAndGet();
                    response.sendError(418);
                })
                .start()) {
            RawRequest request = RawRequest.get(path);
            RawResponse answer = RawClient.exchange(
                    app.port(), path.endsWith("-with-key") ? request.header("X-API-Key", "key") : request);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(served).hasValue(status == 401 || status == 400 ? 0 : 1);
            if (path.startsWith("/once/")) {
                assertThat(get(app, path).status()).as("the next request").isEqualTo(429);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void p18AServletThatIsReachedPastTheGatewayIsWarnedOf(Container container) throws IOException {
        String keys = """
                routes:
                  - id: app
                    match: { path: /** }
                    filters: [ { apiKey: { keys: ["acme:%s"] } } ]
                    hostApplication: true
                """.formatted(DIGEST);
        assertThat(told(container, keys, "/api/*", "/api/orders/*", "/v1/orders/*"))
                .singleElement()
                .asString()
                .contains("WARN", "router: does not guard servlet orders at [/v1/orders/*]");
        assertThat(told(container, keys, "/api/*", "/*"))
                .singleElement()
                .asString()
                .contains("open to everybody", "{orders=[/*]}");
        assertThat(told(container, keys, "/*", "/*")).isEmpty();
        assertThat(told(
                        container,
                        "routes: [ { id: r, match: { path: /** }, auth: none, hostApplication: true } ]\n",
                        "/api/*",
                        "/*"))
                .as("nobody is asked who is calling")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void p16AServletWithoutAsyncSupportSaysSo(Container container) throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("upstream"));
                WebApp app = WebApp.on(container)
                        .webXml("""
                                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                                  <servlet>
                                    <servlet-name>gateway</servlet-name>
                                    <servlet-class>%s</servlet-class>
                                    <init-param><param-name>config</param-name><param-value>%s</param-value></init-param>
                                  </servlet>
                                  <servlet-mapping>
                                    <servlet-name>gateway</servlet-name><url-pattern>/*</url-pattern>
                                  </servlet-mapping>
                                </web-app>
                                """.formatted(
                                GatewayServlet.class.getName(),
                                file("upstreams: { a: '" + upstream.url() + "' }\n"
                                        + "routes: [ { id: r, match: { path: /** }, auth: none, upstream: a } ]\n")))
                        .start()) {
            RawResponse answer = get(app, "/x");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.bodyText()).contains("async-not-supported");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    private List<String> told(Container container, String sections, String pattern, String... mappings)
            throws IOException {
        try (CapturedLog log = CapturedLog.start()) {
            WebApp.on(container)
                    .filter(router(sections).patterns(pattern))
                    .servlet(ServletSetup.of(
                                    "orders",
                                    (request, response) -> response.getWriter().print("orders"))
                            .patterns(mappings))
                    .start()
                    .close();
            return log.lines().stream()
                    .filter(line -> line.contains("router: "))
                    .toList();
        }
    }

    private FilterSetup router(String sections) throws IOException {
        return FilterSetup.of("router", RouterFilter.class).param("config", file(sections));
    }

    private static RawResponse get(WebApp app, String path) {
        return RawClient.exchange(app.port(), RawRequest.get(path));
    }

    private String file(String sections) throws IOException {
        return Files.writeString(folder.resolve("gateway.yaml"), "version: 1\n" + sections)
                .toString();
    }
}
