package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upstream that answers without a body before it has read the request's: the thread that serves it must not wait for the client. */
class EarlyEmptyAnswerTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void nothingIsFlushedBeforeTheContainerTellsWhenItMay(Container container) {
        Noting noting = new Noting();
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.builder().reading(BodyReading.NEVER).start(request -> Answer.of(413, ""));
                ProxyApp app = ProxyApp.in(container, route -> route.filter(noting), upstream.url());
                RawClient client = app.connect()) {
            client.send(
                    RawRequest.post("/a").header("Content-Length", "1000000").following("part"));

            assertThat(client.readResponse().status()).isEqualTo(413);
        }
        assertThat(noting.flushedWhileItMight).doesNotContain(false);
    }

    /** Notes of each flush whether there was a listener, without which it waits for the client. */
    private static final class Noting implements Filter {

        private final Queue<Boolean> flushedWhileItMight = new ConcurrentLinkedQueue<>();

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public ServletOutputStream getOutputStream() throws IOException {
                    return new Output(super.getOutputStream(), flushedWhileItMight);
                }
            });
        }
    }

    private static final class Output extends ServletOutputStream {

        private final ServletOutputStream output;
        private final Queue<Boolean> flushes;
        private boolean listening;

        Output(ServletOutputStream output, Queue<Boolean> flushes) {
            this.output = output;
            this.flushes = flushes;
        }

        @Override
        public boolean isReady() {
            return output.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            listening = true;
            output.setWriteListener(listener);
        }

        @Override
        public void write(int octet) throws IOException {
            output.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            output.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            flushes.add(listening);
            output.flush();
        }
    }
}
