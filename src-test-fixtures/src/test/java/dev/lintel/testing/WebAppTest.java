package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebAppTest {

    /** Adds a header that tells its name, the dispatch and its parameters. */
    public static final class Marking implements Filter {

        private @Nullable FilterConfig config;

        @Override
        public void init(FilterConfig filterConfig) throws ServletException {
            if (filterConfig.getInitParameter("bad") != null) {
                throw new ServletException("bad: set (expected: nothing)");
            }
            config = filterConfig;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            FilterConfig known = config;
            String text = known == null
                    ? "no init"
                    : known.getFilterName() + " " + request.getDispatcherType() + " "
                            + parameters(known.getInitParameterNames(), known) + " async=" + request.isAsyncSupported()
                            + " trusted=" + known.getServletContext().getInitParameter("trusted");
            ((HttpServletResponse) response).addHeader("X-Mark", text);
            chain.doFilter(request, response);
        }

        private static List<String> parameters(Enumeration<String> names, FilterConfig config) {
            return Collections.list(names).stream()
                    .map(name -> name + ":" + config.getInitParameter(name))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void filtersAndServletsOfCodeActInTheirOrder(Container container) {
        try (WebApp app = WebApp.on(container)
                .contextPath("/app")
                .contextParam("trusted", "10.0.0.0/8")
                .attribute("answer", 42)
                .filter(FilterSetup.of("first", Marking.class).param("a", "b"))
                .filter(FilterSetup.of("second", new Marking())
                        .patterns("/api/*")
                        .withoutAsync())
                .serve(
                        "/api/*",
                        (request, response) -> response.getWriter()
                                .print(request.getPathInfo()
                                        + request.getServletContext().getAttribute("answer")))
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/app/api/x"));

            assertThat(response.bodyText()).isEqualTo("/x42");
            assertThat(response.headers("X-Mark"))
                    .containsExactly(
                            "first REQUEST [a:b] async=true trusted=10.0.0.0/8",
                            "second REQUEST [] async=false trusted=10.0.0.0/8");
            assertThat(app.url()).isEqualTo("http://127.0.0.1:" + app.port() + "/app");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void filtersActWhereNothingIsMapped(Container container) {
        try (WebApp app = WebApp.on(container).filter("mark", new Marking()).start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/nothing"));

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.headers("X-Mark")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aServletMayTakeThePlaceOfTheDefaultOne(Container container) {
        try (WebApp app = WebApp.on(container)
                .serve("/", (request, response) -> response.getWriter().print("mine"))
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/any")).bodyText())
                    .isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void dispatchersAreHonoured(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("async", new Marking()).dispatchers(DispatcherType.ASYNC, DispatcherType.ERROR))
                .serve("/once", (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.REQUEST) {
                        AsyncContext async = request.startAsync(request, response);
                        async.dispatch();
                    } else {
                        response.getWriter().print("done");
                    }
                })
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/once"));

            assertThat(response.bodyText()).isEqualTo("done");
            assertThat(response.header("X-Mark")).startsWith("async ASYNC");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aDeploymentDescriptorIsParsedByTheContainer(Container container) {
        String descriptor = """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <context-param><param-name>trusted</param-name><param-value>all</param-value></context-param>
                  <filter>
                    <filter-name>mark</filter-name>
                    <filter-class>%s</filter-class>
                    <init-param><param-name>k</param-name><param-value>v</param-value></init-param>
                  </filter>
                  <filter-mapping>
                    <filter-name>mark</filter-name>
                    <url-pattern>/api/*</url-pattern>
                  </filter-mapping>
                </web-app>
                """.formatted(Marking.class.getName());
        try (WebApp app = WebApp.on(container)
                .contextPath("/shop")
                .webXml(descriptor)
                .filter("later", new Marking())
                .serve("/api/*", (request, response) -> response.getWriter().print("hello"))
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/shop/api/x"));

            assertThat(response.bodyText()).isEqualTo("hello");
            assertThat(response.headers("X-Mark"))
                    .containsExactly(
                            "mark REQUEST [k:v] async=false trusted=all", "later REQUEST [] async=false trusted=all");
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/shop/other"))
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anApplicationThatDoesNotStartSaysWhy(Container container) {
        assertThatThrownBy(() -> WebApp.on(container)
                        .filter(FilterSetup.of("bad", new Marking()).param("bad", "1"))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("bad: set (expected: nothing)");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aDescriptorThatDoesNotStartSaysWhy(Container container) {
        String descriptor = """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <filter>
                    <filter-name>mark</filter-name>
                    <filter-class>%s</filter-class>
                    <init-param><param-name>bad</param-name><param-value>1</param-value></init-param>
                  </filter>
                </web-app>
                """.formatted(Marking.class.getName());

        assertThatThrownBy(() -> WebApp.on(container).webXml(descriptor).start())
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("bad: set (expected: nothing)");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void closeDestroysFiltersAndEndsThreads(Container container) {
        List<String> calls = new CopyOnWriteArrayList<>();
        AtomicReference<String> thread = new AtomicReference<>("");
        CountDownLatch served = new CountDownLatch(1);
        Filter filter = new Filter() {
            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                thread.set(Thread.currentThread().getName());
                chain.doFilter(request, response);
                served.countDown();
            }

            @Override
            public void destroy() {
                calls.add("destroyed");
            }
        };
        int port;
        try (WebApp app = WebApp.on(container).filter("f", filter).start()) {
            port = app.port();
            RawClient.exchange(port, RawRequest.get("/"));
            assertThat(served.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(calls).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(calls).containsExactly("destroyed");
        assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(UncheckedIOException.class);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain(thread.get()));
    }
}
