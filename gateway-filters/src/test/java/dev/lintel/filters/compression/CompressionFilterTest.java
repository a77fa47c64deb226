package dev.lintel.filters.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What applications write, in every way in which they can. */
class CompressionFilterTest {

    private static final String TEXT = "Grüße. ".repeat(40_000);
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

    private static final List<String> WAYS = List.of(
            "stream",
            "writer",
            "length",
            "closed",
            "again",
            "async",
            "async-writer",
            "listener",
            "timeout",
            "dispatch");

    static Stream<Arguments> ways() {
        return Stream.of(Container.values())
                .flatMap(container -> WAYS.stream().map(way -> Arguments.of(container, way)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsWrittenArrivesCodedAndWhole(Container container, String way) throws IOException {
        try (WebApp app = app(container)) {
            for (int i = 0; i < 3; i++) {
                RawResponse response = get(app, way);
                assertThat(response.complete()).isTrue();
                assertThat(response.headers("Content-Encoding")).containsExactly("gzip");
                assertThat(response.hasHeader("Content-Length")).isFalse();
                assertThat(decoded(response)).isEqualTo(TEXT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anErrorPageOfTheContainerIsNotCoded(Container container) {
        try (WebApp app = app(container)) {
            for (String way : new String[] {"error", "throws"}) {
                RawResponse response = get(app, way);
                assertThat(response.status()).isGreaterThanOrEqualTo(404);
                assertThat(response.complete()).isTrue();
                assertThat(response.hasHeader("Content-Encoding")).isFalse();
                assertThat(response.bodyText()).doesNotStartWith("\u001f");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anAnswerThatFailsWhenSomeOfItIsOutIsNotWhole(Container container) {
        try (WebApp app = app(container)) {
            assertThat(get(app, "throws-late").complete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anAnswerWithoutABodyKeepsItsFields(Container container) {
        try (WebApp app = app(container)) {
            RawResponse response = get(app, "unchanged");
            assertThat(response.status()).isEqualTo(304);
            assertThat(response.header("ETag")).isEqualTo("\"tag\"");
            assertThat(response.hasHeader("Content-Encoding")).isFalse();
            assertThat(response.headers("Vary")).containsExactly("Accept-Encoding");
        }
    }

    /** Whether an application leaves the body out or the container does. */
    @ParameterizedTest
    @MethodSource("ways")
    void anAnswerToHeadIsUncoded(Container container, String way) {
        try (WebApp app = app(container)) {
            RawResponse response = RawClient.exchange(
                    app.port(), RawRequest.of("HEAD", "/" + way).header("Accept-Encoding", "gzip"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers("Content-Encoding")).isEmpty();
            assertThat(response.headers("Vary")).containsExactly("Accept-Encoding");
        }
    }

    private static WebApp app(Container container) {
        return WebApp.on(container)
                .filter(FilterSetup.of("compression", CompressionFilter.create())
                        .dispatchers(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR))
                .serve("/*", CompressionFilterTest::serve)
                .start();
    }

    private static void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        String way = request.getRequestURI().substring(1);
        switch (way) {
            case "stream" -> pieces(response);
            case "writer" -> response.getWriter().print(TEXT);
            case "length" -> {
                response.setContentLength(BYTES.length);
                pieces(response);
            }
            case "closed" -> {
                pieces(response);
                response.getOutputStream().close();
            }
            case "again" -> {
                response.getWriter().print("to be taken back");
                response.resetBuffer();
                response.getWriter().print(TEXT);
            }
            case "async" -> async(request, response, false);
            case "async-writer" -> async(request, response, true);
            case "listener" -> listener(request, response);
            case "timeout" -> timeout(request);
            case "dispatch" -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    pieces(response);
                } else {
                    request.startAsync().dispatch();
                }
            }
            case "error" -> {
                response.getOutputStream().write(BYTES, 0, 100);
                response.sendError(404);
            }
            case "throws" -> {
                response.getOutputStream().write(BYTES, 0, 100);
                throw new IllegalStateException("planned");
            }
            case "throws-late" -> {
                response.getOutputStream().write(BYTES, 0, 100);
                response.flushBuffer();
                throw new IllegalStateException("planned");
            }
            default -> {
                response.setHeader("ETag", "\"tag\"");
                response.setStatus(304);
            }
        }
    }

    private static void pieces(HttpServletResponse response) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        for (int from = 0; from < BYTES.length; from += 1000) {
            out.write(BYTES, from, Math.min(1000, BYTES.length - from));
            if (from % 50_000 == 0) {
                out.flush();
            }
        }
    }

    private static void async(HttpServletRequest request, HttpServletResponse response, boolean text) {
        AsyncContext context = request.startAsync();
        context.start(() -> {
            try {
                if (text) {
                    response.getWriter().print(TEXT);
                } else {
                    pieces(response);
                }
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            } finally {
                context.complete();
            }
        });
    }

    private static void listener(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync();
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int from;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (from >= BYTES.length) {
                        context.complete();
                        return;
                    }
                    int length = Math.min(20_000, BYTES.length - from);
                    out.write(BYTES, from, length);
                    from += length;
                }
            }

            @Override
            public void onError(Throwable thrown) {
                context.complete();
            }
        });
    }

    private static void timeout(HttpServletRequest request) {
        AsyncContext context = request.startAsync();
        context.setTimeout(50);
        context.addListener(new AsyncListener() {
            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                pieces((HttpServletResponse) event.getAsyncContext().getResponse());
                event.getAsyncContext().complete();
            }

            @Override
            public void onComplete(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }

    private static RawResponse get(WebApp app, String way) {
        return RawClient.exchange(app.port(), RawRequest.get("/" + way).header("Accept-Encoding", "gzip"));
    }

    private static String decoded(RawResponse response) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
