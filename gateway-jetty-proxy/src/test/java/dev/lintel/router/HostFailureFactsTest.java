package dev.lintel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a log is told of requests that an application did not answer itself, once for each. */
class HostFailureFactsTest {

    record Facts(int status, @Nullable String failure) {}

    private final LinkedBlockingQueue<Facts> ended = new LinkedBlockingQueue<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch clientIsGone = new CountDownLatch(1);

    private WebApp app(Container container) {
        Filter recorder = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.onComplete(over -> ended.add(new Facts(over.status(), over.failure())));
            chain.doFilter(request, response);
        };
        Gateway gateway = Gateway.builder()
                .filter(recorder)
                .route(Route.named("app").path("/**").toHostApplication())
                .build();
        return WebApp.on(container)
                .filter("router", new RouterFilter(gateway))
                .serve("/*", this::serve)
                .start();
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        switch (request.getRequestURI()) {
            case "/read" -> request.getInputStream().readAllBytes();
            case "/wrap" -> {
                try {
                    request.getInputStream().readAllBytes();
                } catch (IOException broken) {
                    throw new ServletException(broken);
                }
            }
            case "/boom" -> throw new IOException("disk full");
            case "/late" -> {
                response.getWriter().print("part");
                response.flushBuffer();
                throw new IOException("disk full");
            }
            default -> {
                entered.countDown();
                await(clientIsGone);
                response.getWriter().print("hello");
            }
        }
    }

    private static void await(CountDownLatch latch) throws ServletException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new ServletException(stopped);
        }
    }

    private Facts onlyOne() throws InterruptedException {
        Facts facts = Objects.requireNonNull(ended.poll(10, TimeUnit.SECONDS), "exchange that ended");
        assertThat(ended).isEmpty();
        return facts;
    }

    @ParameterizedTest
    @CsvSource({"JETTY_EE10,/read", "JETTY_EE10,/wrap", "TOMCAT_10,/read"})
    void isTheStatusThatTheContainerAnswersAMalformedBodyWith(Container container, String path) throws Exception {
        try (WebApp app = app(container)) {
            RawRequest malformed =
                    RawRequest.post(path).line("Transfer-Encoding: chunked").following("zz\r\n");
            int status = RawClient.exchange(app.port(), malformed).status();
            assertThat(status).isEqualTo(400);
            assertThat(onlyOne()).isEqualTo(new Facts(status, "exception"));

            try (RawClient client = RawClient.connect(app.port())) {
                client.send(RawRequest.post(path).line("Content-Length: 10").following("ab"))
                        .shutdownOutput();
                assertThat(onlyOne().status()).isEqualTo(client.readResponse().status());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"JETTY_EE10,/boom,500", "TOMCAT_10,/boom,500", "JETTY_EE10,/late,200", "TOMCAT_10,/late,200"})
    void isTheStatusThatWasSentForAnApplicationThatFails(Container container, String path, int status)
            throws Exception {
        try (WebApp app = app(container);
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get(path));
            assertThat(client.readResponseHead().status()).isEqualTo(status);
            assertThat(onlyOne()).isEqualTo(new Facts(status, "exception"));
        }
    }

    /** Only Jetty tells a filter that an answer could not be sent. */
    @Test
    void isNoneForAClientThatWasGoneBeforeTheAnswer() throws Exception {
        try (WebApp app = app(Container.JETTY_EE10)) {
            RawClient client = RawClient.connect(app.port());
            client.send(RawRequest.get("/wait"));
            await(entered);
            client.reset();
            clientIsGone.countDown();
            assertThat(onlyOne()).isEqualTo(new Facts(0, "client-gone"));
        }
    }
}
