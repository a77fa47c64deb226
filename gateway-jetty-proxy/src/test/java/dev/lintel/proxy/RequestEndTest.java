package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Answer;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A request whose body turns out to be broken is not over while another thread is still at what it is made of: Tomcat's next
 * request is made of the same.
 */
class RequestEndTest {

    private final CountDownLatch awaited = new CountDownLatch(1);
    private final CountDownLatch raced = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch answering = new CountDownLatch(1);
    private final CountDownLatch touching = new CountDownLatch(1);
    private final CountDownLatch broken = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean breaking;
    private volatile boolean overMeanwhile;

    /** What takes its time, how long at most, and whether it belongs to an answer of the upstream. */
    private enum Slowly {
        COMPLETE(1500, false),
        SEND_REFUSAL(1500, false),
        SET_FIELD(1500, true),
        // for the container's own thread this is waited for a second at most, since it may be waiting for that thread
        SET_WRITE_LISTENER(300, true);

        private final long millis;
        private final boolean answered;

        Slowly(long millis, boolean answered) {
            this.millis = millis;
            this.answered = answered;
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForWhoeverIsStillAtTheRequest(Slowly slowly) throws InterruptedException {
        Filter watching = (request, response, chain) -> chain.doFilter(
                new Watched((HttpServletRequest) request, slowly),
                new WatchedResponse((HttpServletResponse) response, slowly));
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.NEVER)
                        .start(request -> Answer.ok("early", "X-Of: upstream").after(answering));
                WebApp app = WebApp.on(Container.TOMCAT_10)
                        .filter("watching", watching)
                        .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway(upstream.url()))))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(
                    RawRequest.post("/a").header("Transfer-Encoding", "chunked").following("5\r\nhello\r\n"));
            upstream.awaitHeads(1);
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(awaited.await(10, TimeUnit.SECONDS)).isTrue();
            if (slowly.answered) {
                answering.countDown();
                assertThat(touching.await(10, TimeUnit.SECONDS)).isTrue();
            }
            breaking = true;
            client.send("no length\r\n");

            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
            answering.countDown();
            assertThat(raced.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(overMeanwhile).isFalse();
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Gateway gateway(String target) {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(target))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    private void takeTime(Slowly slowly) {
        if (touching.getCount() == 0) {
            return;
        }
        touching.countDown();
        try {
            overMeanwhile = over.await(slowly.millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            left.countDown();
        }
    }

    private final class Watched extends HttpServletRequestWrapper {

        private final Slowly slowly;

        Watched(HttpServletRequest request, Slowly slowly) {
            super(request);
            this.slowly = slowly;
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            AsyncContext async = super.startAsync(request, response);
            async.addListener(new TellsEnd(over));
            return (AsyncContext) Proxy.newProxyInstance(
                    AsyncContext.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, given) -> {
                        if (slowly == Slowly.COMPLETE && method.getName().equals("complete")) {
                            takeTime(slowly);
                        }
                        try {
                            return method.invoke(async, given);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Broken(super.getInputStream());
        }
    }

    private final class WatchedResponse extends HttpServletResponseWrapper {

        private final Slowly slowly;

        WatchedResponse(HttpServletResponse response, Slowly slowly) {
            super(response);
            this.slowly = slowly;
        }

        @Override
        public void addHeader(String name, String value) {
            if (slowly == Slowly.SET_FIELD && name.equals("X-Of")) {
                takeTime(slowly);
            }
            super.addHeader(name, value);
        }

        @Override
        public void flushBuffer() throws IOException {
            if (slowly == Slowly.SEND_REFUSAL) {
                takeTime(slowly);
            }
            super.flushBuffer();
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new SlowOutput(super.getOutputStream(), slowly);
        }
    }

    /** Has the container's thread come back from telling of the broken piece only when it can see that it is broken. */
    private final class Broken extends PassingInput {

        private volatile boolean begun;

        Broken(ServletInputStream below) {
            super(below);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            begun = true;
            try {
                return super.read(bytes, offset, length);
            } catch (IOException thrown) {
                broken.countDown();
                throw thrown;
            }
        }

        @Override
        public boolean isReady() {
            boolean ready = super.isReady();
            if (begun && !ready) {
                awaited.countDown();
            }
            return ready;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            super.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    listener.onDataAvailable();
                    if (breaking) {
                        awaitBreak();
                    }
                    told.countDown();
                }

                @Override
                public void onAllDataRead() throws IOException {
                    listener.onAllDataRead();
                }

                @Override
                public void onError(Throwable thrown) {
                    listener.onError(thrown);
                }
            });
        }

        private void awaitBreak() {
            try {
                if (broken.await(10, TimeUnit.SECONDS) && touching.await(10, TimeUnit.SECONDS)) {
                    raced.countDown();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final class SlowOutput extends ServletOutputStream {

        private final ServletOutputStream below;
        private final Slowly slowly;

        SlowOutput(ServletOutputStream below, Slowly slowly) {
            this.below = below;
            this.slowly = slowly;
        }

        @Override
        public void write(int single) throws IOException {
            below.write(single);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            below.write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
            return below.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            if (slowly == Slowly.SET_WRITE_LISTENER) {
                takeTime(slowly);
            }
            below.setWriteListener(listener);
        }
    }
}
