package dev.lintel.filters.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What applications answer, in every way in which they can. */
class CacheFilterTest {

    private static final String TEXT = "Grüße. ".repeat(4_000);
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final String FRESH = "max-age=600";

    private static final Map<String, CachedApp.Answering> KEPT = Map.ofEntries(
            Map.entry(
                    "stream",
                    (request, response, number) ->
                            fresh(response).getOutputStream().write(BYTES)),
            Map.entry(
                    "writer",
                    (request, response, number) -> fresh(response).getWriter().write(TEXT)),
            Map.entry(
                    "short writer",
                    (request, response, number) -> fresh(response).getWriter().append("ä")),
            Map.entry("fields after the writer", (request, response, number) -> {
                response.setContentType("text/plain");
                response.setCharacterEncoding("UTF-8");
                var writer = response.getWriter();
                fresh(response);
                writer.write(TEXT);
            }),
            Map.entry("single bytes", (request, response, number) -> {
                ServletOutputStream output = fresh(response).getOutputStream();
                for (int i = 0; i < 3000; i++) {
                    output.write(i);
                }
                output.flush();
                output.print("end");
            }),
            Map.entry("closed", (request, response, number) -> {
                fresh(response).getOutputStream().write(BYTES);
                response.getOutputStream().close();
            }),
            Map.entry("flushed first", (request, response, number) -> {
                fresh(response).flushBuffer();
                response.getOutputStream().write(BYTES);
            }),
            Map.entry("a language taken back", (request, response, number) -> {
                response.setLocale(Locale.GERMANY);
                response.setLocale(null);
                fresh(response).getWriter().append("short");
            }),
            Map.entry("nothing", (request, response, number) -> fresh(response)),
            Map.entry("204", (request, response, number) -> fresh(response).setStatus(204)),
            Map.entry("404", (request, response, number) -> {
                fresh(response).setStatus(404);
                response.getWriter().write("none");
            }),
            Map.entry("begun again", (request, response, number) -> {
                response.setHeader("Cache-Control", "no-store");
                response.getWriter().write("wrong");
                response.reset();
                fresh(response).getWriter().write(TEXT);
            }),
            Map.entry("a buffer begun again", (request, response, number) -> {
                fresh(response).getWriter().write("first");
                response.resetBuffer();
                response.getWriter().write("second");
            }),
            Map.entry("async", (request, response, number) -> {
                AsyncContext async = request.startAsync(request, response);
                async.start(() -> write(async));
            }),
            Map.entry("async bare", (request, response, number) -> {
                AsyncContext async = request.startAsync();
                async.start(() -> write(async));
            }),
            Map.entry("async writer", (request, response, number) -> {
                AsyncContext async = request.startAsync();
                async.start(() -> {
                    try {
                        fresh((HttpServletResponse) async.getResponse())
                                .getWriter()
                                .write(TEXT);
                    } catch (IOException gone) {
                        throw new IllegalStateException(gone);
                    }
                    async.complete();
                });
            }),
            Map.entry("listener", (request, response, number) -> {
                AsyncContext async = request.startAsync();
                fresh(response);
                listen(response.getOutputStream(), async);
            }));

    private static HttpServletResponse fresh(HttpServletResponse response) {
        response.setContentType("text/plain; charset=UTF-8");
        response.setHeader("Cache-Control", FRESH);
        response.setHeader("X-Mark", "yes");
        return response;
    }

    private static void write(AsyncContext async) {
        try {
            fresh((HttpServletResponse) async.getResponse()).getOutputStream().write(BYTES);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
        async.complete();
    }

    private static void listen(ServletOutputStream output, AsyncContext async) {
        output.setWriteListener(new WriteListener() {
            private int at;

            @Override
            public void onWritePossible() throws IOException {
                while (output.isReady()) {
                    if (at == BYTES.length) {
                        async.complete();
                        return;
                    }
                    int length = Math.min(1000, BYTES.length - at);
                    output.write(BYTES, at, length);
                    at += length;
                }
            }

            @Override
            public void onError(Throwable thrown) {
                async.complete();
            }
        });
    }

    static Stream<Arguments> ways(Map<String, CachedApp.Answering> all) {
        return Stream.of(Container.values())
                .flatMap(container -> all.keySet().stream().sorted().map(way -> Arguments.of(container, way)));
    }

    static Stream<Arguments> keptWays() {
        return ways(KEPT);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("keptWays")
    void isAnsweredAgainAsItWas(Container container, String way) {
        CachedApp.Answering servlet = requireNonNull(KEPT.get(way));
        try (CachedApp app = new CachedApp(container, true, servlet)) {
            RawResponse first = app.get();
            assertThat(first.complete()).isTrue();
            if (way.equals("short writer")) {
                assertThat(first.header("Content-Length")).isEqualTo("2");
            }
            for (int i = 0; i < 2; i++) {
                RawResponse again = app.get();
                assertThat(again.header("Cache-Status")).startsWith("lintel; hit");
                assertThat(again.status()).isEqualTo(first.status());
                assertThat(again.complete()).isTrue();
                assertThat(again.body()).isEqualTo(first.body());
                for (String name : List.of("Content-Type", "X-Mark", "Cache-Control")) {
                    assertThat(again.headers(name)).as(name).isEqualTo(first.headers(name));
                }
            }
            assertThat(app.asked()).isEqualTo(1);
        }
    }

    private static final Map<String, CachedApp.Answering> NOT_KEPT = Map.ofEntries(
            Map.entry("a session", (request, response, number) -> {
                request.getSession();
                fresh(response).getWriter().write("yours");
            }),
            Map.entry("a session and a stream", (request, response, number) -> {
                fresh(response).getOutputStream().write(1);
                request.getSession();
            }),
            Map.entry("a session after the first byte", (request, response, number) -> {
                fresh(response).getWriter().write("yours");
                request.getSession();
            }),
            Map.entry("a cookie", (request, response, number) -> {
                response.addCookie(new Cookie("a", "b"));
                fresh(response).getWriter().write("yours");
            }),
            Map.entry("private after the first byte", (request, response, number) -> {
                fresh(response).getWriter().write("yours");
                response.setHeader("Cache-Control", "private");
            }),
            Map.entry("an error", (request, response, number) -> fresh(response).sendError(404)),
            Map.entry("an error after the first byte", (request, response, number) -> {
                fresh(response).getOutputStream().write(1);
                response.sendError(500);
            }),
            Map.entry(
                    "a redirect of the container",
                    (request, response, number) -> fresh(response).sendRedirect("/b")),
            Map.entry("an exception", (request, response, number) -> {
                fresh(response).getOutputStream().write(BYTES);
                throw new IllegalStateException("planned");
            }),
            Map.entry("an exception after a flush", (request, response, number) -> {
                fresh(response).getOutputStream().write(1);
                response.flushBuffer();
                throw new IllegalStateException("planned");
            }),
            Map.entry("a length not reached", (request, response, number) -> {
                fresh(response).setContentLength(100);
                response.getOutputStream().write(1);
                response.flushBuffer();
            }),
            Map.entry("trailers", (request, response, number) -> {
                fresh(response).setTrailerFields(() -> Map.of("X-Sum", "1"));
                response.getWriter().write("a");
            }));

    static Stream<Arguments> notKeptWays() {
        return ways(NOT_KEPT);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("notKeptWays")
    void isNotKept(Container container, String way) {
        CachedApp.Answering servlet = requireNonNull(NOT_KEPT.get(way));
        try (CachedApp app = new CachedApp(container, true, servlet)) {
            app.get("Connection: close");
            assertThat(app.cache().size()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatIsDispatchedIsAnsweredWholeWhetherOrNotTheFilterSeesThat(Container container) {
        for (boolean seen : new boolean[] {true, false}) {
            for (boolean early : new boolean[] {true, false}) {
                try (CachedApp app = new CachedApp(container, seen, (request, response, number) -> {
                    if (request.getAttribute("again") == null) {
                        request.setAttribute("again", number);
                        if (early) {
                            fresh(response).getWriter().write("early ");
                        }
                        AsyncContext async = request.startAsync();
                        async.start(async::dispatch);
                    } else {
                        fresh(response).getWriter().write(TEXT);
                    }
                })) {
                    for (int i = 0; i < 2; i++) {
                        RawResponse response = app.get();
                        assertThat(response.complete()).isTrue();
                        assertThat(response.bodyText()).isEqualTo(early ? "early " + TEXT : TEXT);
                    }
                    assertThat(app.cache().size()).isEqualTo(seen && !early ? 1 : 0);
                }
            }
        }
    }

    /** Asked about each time; the application sees the condition as if a client had it. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void anApplicationIsAskedWhetherItIsStillRight(Container container) {
        long changed = 1_700_000_000_000L;
        CachedApp.Answering byTag = (request, response, number) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("ETag", "\"a\"");
            respond(response, "\"a\"".equals(request.getHeader("If-None-Match")));
        };
        CachedApp.Answering byDate = (request, response, number) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.setDateHeader("Last-Modified", changed);
            respond(response, request.getDateHeader("If-Modified-Since") == changed);
        };
        CachedApp.Answering byOldDate = (request, response, number) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("Last-Modified", "Sunday, 06-Nov-94 08:49:37 GMT");
            respond(response, request.getDateHeader("If-Modified-Since") == 784_111_777_000L);
        };
        CachedApp.Answering later = (request, response, number) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    byTag.answer(request, response, number);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
                async.complete();
            });
        };
        for (CachedApp.Answering servlet : List.of(byTag, byDate, byOldDate, later)) {
            try (CachedApp app = new CachedApp(container, true, servlet)) {
                app.get();
                for (int i = 0; i < 2; i++) {
                    RawResponse confirmed = app.get();
                    assertThat(confirmed.status()).isEqualTo(200);
                    assertThat(confirmed.bodyText()).isEqualTo(TEXT);
                    assertThat(confirmed.complete()).isTrue();
                    assertThat(confirmed.header("Cache-Status")).isEqualTo("lintel; fwd=stale; fwd-status=304");
                }
                assertThat(app.asked()).isEqualTo(3);
            }
        }
    }

    private static void respond(HttpServletResponse response, boolean confirmed) throws IOException {
        if (confirmed) {
            response.setStatus(304);
        } else {
            response.setContentType("text/plain; charset=UTF-8");
            response.getWriter().write(TEXT);
        }
    }

    /** Nobody in front of an application takes such fields away. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void aHostThatIsNotTheUrlsPoisonsNobody(Container container) {
        try (CachedApp app = new CachedApp(
                container,
                true,
                (request, response, number) ->
                        fresh(response).getWriter().write(String.valueOf(request.getHeader("X-Forwarded-Host"))))) {
            assertThat(app.get("X-Forwarded-Host: evil.example").bodyText()).isEqualTo("evil.example");
            assertThat(app.get().bodyText()).isEqualTo("null");
            assertThat(app.get("x_forwarded_host: other").bodyText()).isEqualTo("null");
            assertThat(app.get().bodyText()).isEqualTo("null");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aPathThatCanBeReadInTwoWaysPassesBy(Container container) {
        try (CachedApp app = new CachedApp(
                container,
                true,
                (request, response, number) -> fresh(response).getWriter().write("page"))) {
            for (String path : List.of("/a;jsessionid=1", "/a;x/b.css", "/a/b;x")) {
                app.send(RawRequest.get(path));
                assertThat(app.cache().size()).as(path).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aChangeInvalidatesWhatIsNamed(Container container) {
        try (CachedApp app = new CachedApp(container, true, (request, response, number) -> {
            if (request.getMethod().equals("GET")) {
                fresh(response).getWriter().write("page");
            } else {
                response.setHeader("Content-Location", "/a");
                response.setStatus(request.getMethod().equals("PUT") ? 409 : 201);
                response.setLocale(Locale.ROOT);
            }
        })) {
            app.get();
            app.send(RawRequest.of("PUT", "/b"));
            assertThat(app.cache().size()).isEqualTo(1);
            app.send(RawRequest.of("DELETE", "/b"));
            assertThat(app.cache().size()).isZero();
        }
    }
}
