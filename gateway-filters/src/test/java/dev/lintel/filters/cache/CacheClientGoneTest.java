package dev.lintel.filters.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Container;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications that go on as if nothing had been when their client is gone in the middle of an answer. */
class CacheClientGoneTest {

    /** All pieces together are an answer that is short enough to be kept. */
    private static final int PIECES = 800;

    private static final byte[] PIECE = "x".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    private final Map<String, CachedApp.Answering> ways = Map.of(
            "a stream", (request, response, number) -> stream(fresh(response)),
            "a stream that is flushed by the response", (request, response, number) -> flushes(fresh(response)),
            "a writer", (request, response, number) -> write(fresh(response)),
            "a thread",
                    (request, response, number) -> {
                        AsyncContext async = request.startAsync();
                        async.start(() -> {
                            stream(fresh((HttpServletResponse) async.getResponse()));
                            async.complete();
                        });
                    },
            "a listener",
                    (request, response, number) -> {
                        AsyncContext async = request.startAsync();
                        listen(fresh(response).getOutputStream(), async);
                    });

    private static HttpServletResponse fresh(HttpServletResponse response) {
        response.setHeader("Cache-Control", "max-age=600");
        return response;
    }

    /** Until the client is gone. */
    private void pause() {
        begun.countDown();
        pass(gone);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void stream(HttpServletResponse response) {
        try {
            ServletOutputStream output = response.getOutputStream();
            for (int i = 0; i < PIECES; i++) {
                output.write(PIECE);
                output.flush();
                if (i == 0) {
                    pause();
                }
            }
        } catch (IOException noted) {
            // and ends as if it had written everything
        }
    }

    private void flushes(HttpServletResponse response) {
        try {
            for (int i = 0; i < PIECES; i++) {
                response.getOutputStream().write(PIECE);
                response.flushBuffer();
                if (i == 0) {
                    pause();
                }
            }
        } catch (IOException noted) {
            // and ends as if it had written everything
        }
    }

    private void write(HttpServletResponse response) throws IOException {
        PrintWriter writer = response.getWriter();
        for (int i = 0; i < PIECES && !writer.checkError(); i++) {
            writer.write("y".repeat(1000));
            if (i == 0) {
                pause();
            }
        }
    }

    private void listen(ServletOutputStream output, AsyncContext async) {
        output.setWriteListener(new WriteListener() {
            private int written;

            @Override
            public void onWritePossible() throws IOException {
                while (output.isReady()) {
                    if (written == PIECES) {
                        async.complete();
                        return;
                    }
                    output.write(PIECE);
                    if (++written == 1) {
                        pause();
                    }
                }
            }

            @Override
            public void onError(Throwable thrown) {
                async.complete();
            }
        });
    }

    static Stream<Arguments> containersAndWays() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of(
                                "a stream",
                                "a stream that is flushed by the response",
                                "a writer",
                                "a thread",
                                "a listener")
                        .map(way -> Arguments.of(container, way)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("containersAndWays")
    void whatTheClientDidNotTakeToTheEndIsNotKept(Container container, String way) {
        try (CachedApp app = new CachedApp(container, true, requireNonNull(ways.get(way)))) {
            app.abandon(() -> pass(begun), gone::countDown);
            assertThat(app.cache().size()).isZero();
        }
    }
}
