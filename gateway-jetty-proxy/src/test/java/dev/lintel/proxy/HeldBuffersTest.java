package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.Answer;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.junit.jupiter.api.Test;

/** What was read and can be sent to nobody any more goes back to the pool that it is from. */
class HeldBuffersTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void theBeginningOfABodyThatNoUpstreamCanBeSent() throws Exception {
        try (DeadPort dead = DeadPort.refusing();
                Http2App app = Http2App.start(Subject.OURS, dead.url())) {
            HttpRequest request = HttpRequest.newBuilder(app.uri("/a"))
                    .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1000])))
                    .build();
            assertThat(app.client()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(502);
            await().atMost(LONG).until(() -> app.held(ClientBody.class) == 0);
        }
    }

    @Test
    void theBeginningOfAnAnswerThatTheContainerTakesNoMore() throws Exception {
        Filter deaf = (request, response, chain) -> chain.doFilter(request, new Deaf((HttpServletResponse) response));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("x".repeat(1000)));
                Http2App app = Http2App.start(Subject.OURS.servlet(upstream.url()), deaf)) {
            HttpRequest request = HttpRequest.newBuilder(app.uri("/a")).build();
            assertThat(app.client()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(500);
            await().atMost(LONG).until(() -> app.held(HttpReceiverOverHTTP.class) == 0);
        }
    }

    /** A response that nobody can wait for any more. */
    private static final class Deaf extends HttpServletResponseWrapper {

        Deaf(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            ServletOutputStream below = super.getOutputStream();
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return below.isReady();
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new IllegalStateException("over");
                }

                @Override
                public void write(int b) throws IOException {
                    below.write(b);
                }
            };
        }
    }
}
