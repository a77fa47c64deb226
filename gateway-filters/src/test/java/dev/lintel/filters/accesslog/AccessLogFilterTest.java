package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lintel.Attempt;
import dev.lintel.Exchange;
import dev.lintel.filter.Rejections;
import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.filters.accesslog.AccessLogFilter.Query;
import dev.lintel.identity.Caller;
import dev.lintel.option.GatewayException;
import dev.lintel.reject.Rejection;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Target;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessLogFilterTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LoggedApp logged;

    @BeforeEach
    void prepare() {
        logged = new LoggedApp(directory);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void writesTheCommonFormat(Container container) throws IOException {
        logged.serve(container, logged.filter(Format.COMMON), RawRequest.get("/a/b?x=1&token=s3cret"));
        assertThat(logged.lines())
                .containsExactly(
                        "127.0.0.1 - - [03/Feb/2026:04:05:06 +0000] \"GET /a/b?x=1&token=*** HTTP/1.1\" 200 5");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void writesTheCombinedFormat(Container container) throws IOException {
        logged.serve(
                container,
                logged.filter(Format.COMBINED),
                RawRequest.get("/a")
                        .header("Referer", "https://x.example/?code=s3cret")
                        .header("User-Agent", "curl/8.1 \"quoted\" (\\)"));
        assertThat(logged.lines())
                .containsExactly("127.0.0.1 - - [03/Feb/2026:04:05:06 +0000] \"GET /a HTTP/1.1\" 200 5"
                        + " \"https://x.example/?code=***\" \"curl/8.1 \\x22quoted\\x22 (\\x5C)\"");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void writesTheNamesOfTheElasticCommonSchema(Container container) throws IOException {
        Filter facts = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.requestId("id-1");
            exchange.caller(new Caller("api-key", "alice", "acme", List.of(), List.of(), Map.of(), null));
            exchange.addRequestBytes(3);
            Attempt first = exchange.attempt("orders", Target.parse("http://localhost:9001"));
            logged.clock.advance(Duration.ofMillis(2));
            first.ended(logged.clock.nanos(), "refused");
            Attempt second = exchange.attempt("orders", Target.parse("https://orders.example/base"));
            logged.clock.advance(Duration.ofMillis(5));
            second.ended(logged.clock.nanos(), null);
            logged.clock.advance(Duration.ofMillis(1));
            chain.doFilter(request, response);
        };
        logged.serve(
                container,
                logged.filter(Format.JSON),
                RawRequest.get("/a;jsessionid=s3cret?b=1&password=s3cret")
                        .header("Referer", "https://x.example/")
                        .header("User-Agent", "curl"),
                facts);
        assertThat(JsonLine.read(logged.lines().get(0)))
                .containsExactly(
                        Map.entry("@timestamp", "2026-02-03T04:05:06.789Z"),
                        Map.entry("ecs.version", "8.11.0"),
                        Map.entry("event.duration", 8_000_000L),
                        Map.entry("http.request.id", "id-1"),
                        Map.entry("http.request.method", "GET"),
                        Map.entry("http.request.referrer", "https://x.example/"),
                        Map.entry("http.request.body.bytes", 3L),
                        Map.entry("http.version", "1.1"),
                        Map.entry("url.scheme", "http"),
                        Map.entry("url.domain", "localhost"),
                        Map.entry("url.path", "/a;jsessionid=***"),
                        Map.entry("url.query", "b=1&password=***"),
                        Map.entry("user_agent.original", "curl"),
                        Map.entry("client.ip", "127.0.0.1"),
                        Map.entry("source.address", "127.0.0.1"),
                        Map.entry("user.id", "alice"),
                        Map.entry("gateway.consumer.id", "acme"),
                        Map.entry("http.response.status_code", 200L),
                        Map.entry("http.response.body.bytes", 5L),
                        Map.entry("gateway.upstream.id", "orders"),
                        Map.entry("gateway.upstream.address", "orders.example:443"),
                        Map.entry("gateway.upstream.duration", 7_000_000L),
                        Map.entry("gateway.upstream.attempts", 2L));
    }

    @Test
    void namesRefusalsAndFailures() throws IOException {
        Filter refusing = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.failure("client-gone");
            Rejections.answer(
                    exchange,
                    (HttpServletRequest) request,
                    (HttpServletResponse) response,
                    Rejection.client(429, "limit-exceeded", "Too many."));
        };
        logged.serve(Container.JETTY_EE10, logged.filter(Format.JSON), RawRequest.get("/"), refusing);
        assertThat(JsonLine.read(logged.lines().get(0)))
                .containsEntry("http.response.status_code", 429L)
                .containsEntry("gateway.rejection", "limit-exceeded")
                .containsEntry("gateway.failure", "client-gone");
    }

    @ParameterizedTest
    @CsvSource({"FULL, /?token=a&b=c", "REDACTED, /?token=***&b=c", "NONE, /"})
    void treatsQueriesAsTold(Query query, String target) throws IOException {
        AccessLogFilter filter = logged.builder().query(query).build();
        logged.serve(Container.JETTY_EE10, filter, RawRequest.get("/?token=a&b=c"));
        assertThat(CombinedLine.read(logged.lines().get(0)).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"COMBINED, 499", "JSON, "})
    void saysThatNoStatusWasSent(Format format, @Nullable Integer status) {
        Filter gone = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.failure("client-gone");
            exchange.complete();
        };
        String line = logged.serve(Container.JETTY_EE10, logged.filter(format), RawRequest.get("/"), gone);
        if (status == null) {
            assertThat(JsonLine.read(line))
                    .doesNotContainKey("http.response.status_code")
                    .containsEntry("gateway.failure", "client-gone");
        } else {
            assertThat(CombinedLine.read(line).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void countsNoBytesInAnswerToHead(Container container) throws IOException {
        logged.serve(container, logged.filter(Format.COMBINED), RawRequest.of("HEAD", "/"));
        assertThat(CombinedLine.read(logged.lines().get(0)).bytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void waitsForTheEndOfAnAsynchronousAnswer(Container container) {
        String line = logged.serve(container, logged.filter(Format.JSON), RawRequest.get("/"), (request, response) -> {
            AsyncContext context = request.startAsync(request, response);
            new Thread(() -> answerLater(context, response)).start();
        });
        assertThat(JsonLine.read(line))
                .containsEntry("http.response.status_code", 202L)
                .containsEntry("http.response.body.bytes", 1000L)
                .containsEntry("event.duration", 3_000_000_000L);
    }

    private void answerLater(AsyncContext context, HttpServletResponse response) {
        logged.clock.advance(Duration.ofSeconds(3));
        try {
            response.setStatus(202);
            response.getOutputStream().write(new byte[1000]);
        } catch (IOException gone) {
            // the line tells
        } finally {
            context.complete();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void writesALineForAnErrorThatNobodySawBefore(Container container) throws IOException {
        String webXml = """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <error-page><location>/error</location></error-page>
                </web-app>
                """;
        try (WebApp app = WebApp.on(container)
                .webXml(webXml)
                .filter(FilterSetup.of("log", logged.filter(Format.COMBINED)).dispatchers(DispatcherType.ERROR))
                .serve("/error", (request, response) -> response.getWriter().print("page"))
                .start()) {
            RawClient.exchange(app.port(), RawRequest.get("/nowhere"));
            await().until(() -> logged.lines().size() == 1);
        }
        assertThat(CombinedLine.read(logged.lines().get(0)))
                .returns(404, CombinedLine::status)
                .returns(4L, CombinedLine::bytes);
    }

    @Test
    void reopensItsFileWhenAsked() throws IOException {
        AccessLogFilter filter = logged.filter(Format.COMMON);
        try (WebApp app = WebApp.on(Container.JETTY_EE10).filter("log", filter).start()) {
            RawClient.exchange(app.port(), RawRequest.get("/1"));
            await().until(() -> logged.lines().size() == 1);
            Files.move(logged.file(), directory.resolve("moved"));
            filter.reopen();
            await().until(() -> Files.exists(logged.file()));
            RawClient.exchange(app.port(), RawRequest.get("/2"));
            await().until(() -> logged.lines().size() == 1);
            assertThat(filter.dropped()).isZero();
        }
    }

    @Test
    void readsEveryOptionFromInitParams() throws IOException {
        FilterSetup setup = FilterSetup.of("log", AccessLogFilter.class)
                .param("format", "json")
                .param("file", logged.file().toString())
                .param("query", "redacted")
                .param("redact", "secret-one, two")
                .param("queueSize", "100")
                .param("maxSize", "64KiB")
                .param("daily", "false")
                .param("keep", "3");
        try (WebApp app = WebApp.on(Container.JETTY_EE10).filter(setup).start()) {
            RawClient.exchange(app.port(), RawRequest.get("/?secretOne=1&two=2&token=3"));
        }
        assertThat(JsonLine.read(logged.lines().get(0))).containsEntry("url.query", "secretOne=***&two=***&token=3");
    }

    @Test
    void failsToStartWhereItCannotWrite() {
        Path missing = directory.resolve("missing").resolve("access.log");
        assertThatThrownBy(() -> WebApp.on(Container.JETTY_EE10)
                        .filter(FilterSetup.of("log", AccessLogFilter.class).param("file", missing.toString()))
                        .start())
                .hasStackTraceContaining("file: " + missing + " (expected: a file that can be written");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> AccessLogFilter.builder()
                        .file("")
                        .queueSize(1)
                        .maxSize(1000)
                        .daily(true)
                        .keep(0)
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(Object::toString)
                                .containsExactly(
                                        "file:  (expected: a path, or stdout)",
                                        "queueSize: 1 (expected: a whole number from 16 to 1048576)",
                                        "maxSize: 1000 (expected: 0, or a size of 64KiB or more)",
                                        "maxSize: 1000 (expected: 0 beside daily: one way of rotating)",
                                        "keep: 0 (expected: a whole number from 1 to 1000)"));
        assertThatThrownBy(() -> AccessLogFilter.builder().daily(true).build())
                .hasMessageContaining("file: stdout (expected: a path, beside maxSize or daily)");
    }
}
