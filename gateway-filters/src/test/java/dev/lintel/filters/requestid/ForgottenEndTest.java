package dev.lintel.filters.requestid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that forgets to say that a request is over, as Tomcat now and then does when a write fails on another thread. */
class ForgottenEndTest {

    private static final byte[] PIECE = new byte[1000];

    private final CompletableFuture<Exchange> ended = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    @ParameterizedTest
    @ValueSource(strings = {"stream", "flush", "stream taken apart", "flush taken apart"})
    void isMadeUpForOnceAWriteHasFailed(String way) throws Exception {
        Filter noting = (request, response, chain) -> {
            Objects.requireNonNull(Exchange.of(request)).onComplete(ended::complete);
            chain.doFilter(request, response);
        };
        try (WebApp app = WebApp.on(Container.TOMCAT_10)
                .filter(
                        "forgetful",
                        (request, response, chain) -> chain.doFilter(
                                new Forgetful(request),
                                way.endsWith("taken apart") ? new TakenApart(response) : response))
                .filter("id", RequestIdFilter.create())
                .filter("noting", noting)
                .serve("/*", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.setTimeout(0);
                    new Thread(() -> write(async.getResponse(), way)).start();
                })
                .start()) {
            try (RawClient client = RawClient.connect(app.port())) {
                client.send(RawRequest.get("/"));
                assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
                client.reset();
            }
            gone.countDown();
            Exchange over = ended.get(30, TimeUnit.SECONDS);
            assertThat(over.failure()).isEqualTo("client-gone");
            assertThat(over.status()).isEqualTo(200);
        }
    }

    /** Until the client is found to be gone; and tells nobody, as an application may that waits for the container to do so. */
    private void write(ServletResponse response, String way) {
        try {
            while (true) {
                piece(response, way);
                begun.countDown();
                gone.await();
            }
        } catch (IOException | InterruptedException | NullPointerException expected) {
            // and no more
        }
    }

    private static void piece(ServletResponse response, String way) throws IOException {
        response.getOutputStream().write(PIECE);
        if (way.startsWith("stream")) {
            response.getOutputStream().flush();
        } else {
            response.flushBuffer();
        }
    }

    /** What fails as Tomcat does when it handles the failure of a write on another thread at the same time. */
    private final class TakenApart extends HttpServletResponseWrapper {

        TakenApart(ServletResponse response) {
            super((HttpServletResponse) response);
        }

        @Override
        public void flushBuffer() throws IOException {
            fail();
            super.flushBuffer();
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            ServletOutputStream below = super.getOutputStream();
            return new ServletOutputStream() {
                @Override
                public void write(int b) throws IOException {
                    below.write(b);
                }

                @Override
                public void flush() throws IOException {
                    fail();
                    below.flush();
                }

                @Override
                public boolean isReady() {
                    return below.isReady();
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    below.setWriteListener(listener);
                }
            };
        }

        private void fail() {
            if (gone.getCount() == 0) {
                throw new NullPointerException("asyncCtxt");
            }
        }
    }

    private static final class Forgetful extends HttpServletRequestWrapper {

        Forgetful(ServletRequest request) {
            super((HttpServletRequest) request);
        }

        @Override
        public AsyncContext getAsyncContext() {
            AsyncContext theirs = super.getAsyncContext();
            return (AsyncContext) Proxy.newProxyInstance(
                    AsyncContext.class.getClassLoader(),
                    new Class<?>[] {AsyncContext.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("addListener")) {
                            return null;
                        }
                        try {
                            return method.invoke(theirs, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
