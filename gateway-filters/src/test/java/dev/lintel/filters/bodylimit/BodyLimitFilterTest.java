package dev.lintel.filters.bodylimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodyLimitFilterTest {

    private static final int MOST = 100;

    /** The ways in which an application may read a body. */
    enum Reading {
        STREAM {
            @Override
            int read(HttpServletRequest request) throws IOException {
                return request.getInputStream().readAllBytes().length;
            }
        },
        SINGLE_BYTES {
            @Override
            int read(HttpServletRequest request) throws IOException {
                int count = 0;
                while (request.getInputStream().read() >= 0) {
                    count++;
                }
                return count;
            }
        },
        READER {
            @Override
            int read(HttpServletRequest request) throws IOException {
                int count = 0;
                while (request.getReader().read() >= 0) {
                    count++;
                }
                return count;
            }
        },
        WRAPPING_WHAT_FAILS {
            @Override
            int read(HttpServletRequest request) throws ServletException {
                try {
                    return STREAM.read(request);
                } catch (IOException failed) {
                    throw new ServletException(new IllegalStateException(failed));
                }
            }
        };

        abstract int read(HttpServletRequest request) throws IOException, ServletException;
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of(Reading.values()).map(reading -> Arguments.of(container, reading)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void d26_refusesChunksAsSoonAsThereAreTooMany(Container container, Reading reading) {
        try (WebApp app =
                app(container, (request, response) -> response.getWriter().print(reading.read(request)))) {
            RawRequest exact = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(40));
            assertThat(RawClient.exchange(app.port(), exact).bodyText()).isEqualTo("100");
            RawRequest more = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(41));
            assertRefused(RawClient.exchange(app.port(), more));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void d25_refusesADeclaredLengthBeforeReading(Container container) {
        try (WebApp app = app(container, (request, response) -> {
                    throw new IllegalStateException("called");
                });
                RawClient client = RawClient.connect(app.port())) {
            // not a byte of the body is sent
            RawResponse response = client.send(
                            RawRequest.post("/").header("Content-Length", "101").header("Expect", "100-continue"))
                    .readResponse();
            assertRefused(response);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void endsBodiesThatAreReadWithoutAThreadToo(Container container) {
        try (WebApp app = app(container, BodyLimitFilterTest::readWithListener)) {
            RawRequest exact = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(40));
            assertThat(RawClient.exchange(app.port(), exact).bodyText()).isEqualTo("100");
            RawRequest more = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(41));
            RawResponse response = RawClient.exchange(app.port(), more);
            assertThat(response.status()).isEqualTo(418);
            assertThat(response.bodyText()).contains("more than 100 bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsToTheLimitWhereAnApplicationReadsAfterADispatch(Container container) {
        RawRequest exact = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(40));
        RawRequest more = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(41));
        try (WebApp app = appOfDispatches(container, BodyLimitFilterTest::readAfterDispatch)) {
            assertThat(RawClient.exchange(app.port(), exact).bodyText()).isEqualTo("ASYNC 100");
            assertRefused(RawClient.exchange(app.port(), more));
        }
        // where the filter is not mapped to dispatches, nobody is there to say why
        try (WebApp app = app(container, BodyLimitFilterTest::readAfterDispatch)) {
            assertThat(RawClient.exchange(app.port(), exact).bodyText()).isEqualTo("ASYNC 100");
            assertThat(RawClient.exchange(app.port(), more).status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void countsWhatWasReadBeforeADispatch(Container container) {
        try (WebApp app = appOfDispatches(container, (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                var unused = request.getInputStream().readNBytes(60);
            }
            readAfterDispatch(request, response);
        })) {
            RawRequest more = RawRequest.post("/").chunked("x".repeat(60), "x".repeat(41));
            assertRefused(RawClient.exchange(app.port(), more));
        }
    }

    /** Names neither request nor response, so that a container may dispatch what is below the filter's views. */
    private static void readAfterDispatch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.startAsync().dispatch();
        } else {
            response.getWriter()
                    .print(request.getDispatcherType() + " "
                            + request.getInputStream().readAllBytes().length);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void asksFormsForTheirLength(Container container) {
        try (WebApp app =
                app(container, (request, response) -> response.getWriter().print(request.getParameter("a")))) {
            RawRequest form = RawRequest.post("/").header("Content-Type", "application/x-www-form-urlencoded");
            assertThat(RawClient.exchange(app.port(), form.body("a=b")).bodyText())
                    .isEqualTo("b");
            assertThat(RawClient.exchange(app.port(), form.chunked("a=" + "b".repeat(1000)))
                            .status())
                    .isEqualTo(411);
        }
    }

    @Test
    void mayAllowNoBodyAtAll() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("limit", BodyLimitFilter.builder().maxSize(0).build())
                .serve(
                        "/",
                        (request, response) -> response.getWriter()
                                .print(request.getInputStream().readAllBytes().length))
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).bodyText())
                    .isEqualTo("0");
            assertThat(RawClient.exchange(app.port(), RawRequest.post("/").body(""))
                            .bodyText())
                    .isEqualTo("0");
            assertRefused(RawClient.exchange(app.port(), RawRequest.post("/").body("x")));
            assertRefused(RawClient.exchange(app.port(), RawRequest.post("/").chunked("x")));
        }
    }

    @Test
    void leavesOtherExceptionsToTheContainer() {
        try (WebApp app = app(Container.JETTY_EE10, (request, response) -> {
            throw new IOException("planned");
        })) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).status())
                    .isEqualTo(500);
        }
    }

    @Test
    void refusesANegativeSize() {
        assertThatThrownBy(() -> BodyLimitFilter.builder().maxSize(-1).build())
                .hasMessageContaining("maxSize: -1 (expected: a size such as 512");
    }

    private static WebApp app(Container container, ServletSetup.Body body) {
        return WebApp.on(container)
                .filter("limit", BodyLimitFilter.builder().maxSize(MOST).build())
                .serve("/", body)
                .start();
    }

    private static WebApp appOfDispatches(Container container, ServletSetup.Body body) {
        BodyLimitFilter filter = BodyLimitFilter.builder().maxSize(MOST).build();
        return WebApp.on(container)
                .filter(FilterSetup.of("limit", filter).dispatchers(DispatcherType.REQUEST, DispatcherType.ASYNC))
                .serve("/", body)
                .start();
    }

    private static void assertRefused(RawResponse response) {
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(response.bodyText()).contains("\"rule\":\"body-too-large\"");
    }

    private static void readWithListener(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync(request, response);
        ServletInputStream input = request.getInputStream();
        input.setReadListener(new ReadListener() {
            private int count;

            @Override
            public void onDataAvailable() {
                try {
                    byte[] buffer = new byte[32];
                    while (input.isReady() && !input.isFinished()) {
                        count += Math.max(0, input.read(buffer));
                    }
                } catch (IOException tooLong) {
                    response.setStatus(418);
                    end(String.valueOf(tooLong.getMessage()));
                }
            }

            @Override
            public void onAllDataRead() {
                end(Integer.toString(count));
            }

            @Override
            public void onError(Throwable thrown) {
                end(String.valueOf(thrown));
            }

            private void end(String text) {
                try {
                    response.getOutputStream().print(text);
                } catch (IOException gone) {
                    throw new IllegalStateException(gone);
                }
                async.complete();
            }
        });
    }
}
