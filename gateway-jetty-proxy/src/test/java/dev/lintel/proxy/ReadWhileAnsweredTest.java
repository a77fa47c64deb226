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
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request that is answered early is not over while a piece of its body is being read: containers give the buffer away then. */
class ReadWhileAnsweredTest {

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile boolean overMeanwhile;

    /** What a container does that takes its time. */
    private enum Slowly {
        READ,
        TELL_WHETHER_READY
    }

    /** In Tomcat, since it lets chunks be read by other threads than those that answer, and reads when it is asked for them. */
    @ParameterizedTest
    @EnumSource
    void waitsForThePieceThatIsBeingRead(Slowly slowly) throws InterruptedException {
        Filter watching = (request, response, chain) ->
                chain.doFilter(new Watched((HttpServletRequest) request, slowly), response);
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.NEVER)
                        .start(request -> Answer.ok("early").after(reading));
                WebApp app = WebApp.on(Container.TOMCAT_10)
                        .filter("watching", watching)
                        .servlet(ServletSetup.of("gateway", new GatewayServlet(gateway(upstream.url()))))
                        .start();
                RawClient client = RawClient.connect(app.port())) {
            client.send(
                    RawRequest.post("/a").header("Transfer-Encoding", "chunked").following("5\r\nhello\r\n"));
            upstream.awaitHeads(1);
            client.send("5\r\nagain\r\n");

            assertThat(client.readResponse().bodyText()).isEqualTo("early");
            assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
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

    /** A request whose second piece takes its time to be read. */
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
            return async;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Slow(super.getInputStream(), slowly);
        }
    }

    private final class Slow extends PassingInput {

        private final Slowly slowly;
        private int pieces;

        Slow(ServletInputStream below, Slowly slowly) {
            super(below);
            this.slowly = slowly;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (++pieces == 2 && slowly == Slowly.READ) {
                takeTime();
            }
            return super.read(bytes, offset, length);
        }

        private void takeTime() {
            reading.countDown();
            try {
                // longer than anybody waits for it
                overMeanwhile = over.await(1500, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                read.countDown();
            }
        }

        @Override
        public boolean isReady() {
            if (pieces == 1 && slowly == Slowly.TELL_WHETHER_READY && read.getCount() > 0) {
                takeTime();
            }
            return super.isReady();
        }
    }
}
