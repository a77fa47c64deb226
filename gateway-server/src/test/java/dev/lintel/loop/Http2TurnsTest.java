package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who handles requests over HTTP/2: the loop, unless they may wait. */
class Http2TurnsTest {

    private final Noting noting = new Noting();
    private final Waiting waiting = new Waiting();
    private final ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.ok(request.target()));
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("quick")
                                .path("/quick/**")
                                .filter(noting)
                                .to("service"))
                        .route(Route.named("waiting")
                                .path("/waiting/**")
                                .filter(waiting)
                                .to("service"))
                        .build())
                .port(0)
                .withoutAdminPort()
                .http2ClearText()
                .oneLoop(true)
                .start();
    }

    @AfterEach
    void stop() {
        waiting.release.countDown();
        server.close();
        upstream.close();
    }

    @Test
    void loopHandlesTheRequestsOfAllStreams() throws IOException {
        try (FrameClient client = FrameClient.connect(server.port())) {
            for (int stream = 1; stream <= 39; stream += 2) {
                ask(client, stream, "/quick/" + stream);
                assertThat(client.await(stream).body()).isEqualTo("/quick/" + stream);
            }
        }
        assertThat(noting.onLoop).hasSize(20).doesNotContain(false);
    }

    @Test
    void streamWhoseFilterWaitsHoldsUpNeitherTheOthersNorOtherConnections() throws IOException, InterruptedException {
        try (FrameClient client = FrameClient.connect(server.port());
                FrameClient other = FrameClient.connect(server.port())) {
            ask(client, 1, "/waiting/1");
            assertThat(waiting.arrived.await(10, TimeUnit.SECONDS)).isTrue();
            ask(client, 3, "/quick/3");
            ask(other, 1, "/quick/1");
            assertThat(client.await(3).body()).isEqualTo("/quick/3");
            assertThat(other.await(1).body()).isEqualTo("/quick/1");
            waiting.release.countDown();
            assertThat(client.await(1).body()).isEqualTo("/waiting/1");
        }
        assertThat(waiting.onLoop).containsExactly(false);
    }

    private static void ask(FrameClient client, int stream, String path) {
        client.send(Frame.headers(
                stream, true, ":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path));
    }

    private static final class Noting implements Filter, NonWaiting {

        private final Queue<Boolean> onLoop = new ConcurrentLinkedQueue<>();

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            onLoop.add(Turn.selector() != null);
            chain.doFilter(request, response);
        }
    }

    private static final class Waiting implements Filter {

        private final Queue<Boolean> onLoop = new ConcurrentLinkedQueue<>();
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            onLoop.add(Turn.selector() != null);
            arrived.countDown();
            try {
                release.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            chain.doFilter(request, response);
        }
    }
}
