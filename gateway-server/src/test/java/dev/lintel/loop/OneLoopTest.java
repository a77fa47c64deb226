package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which thread does what when clients and upstreams share their selectors, and that nobody holds the others up. */
class OneLoopTest {

    private static final int WAITING = 24;

    private final CountDownLatch release = new CountDownLatch(1);
    private final Noting noting = new Noting();
    private final Waiting waiting = new Waiting(release);
    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start(request -> Answer.ok(request.method() + " " + request.target()));
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
                        .route(Route.named("short").path("/short").answer(200, "text/plain", "s".repeat(2048)))
                        .route(Route.named("long").path("/long").answer(200, "text/plain", "l".repeat(100_000)))
                        .build())
                .port(0)
                .withoutAdminPort()
                .stopTimeout(Duration.ofSeconds(2))
                .oneLoop(true)
                // so few that there is one loop, however many processors
                .maxThreads(31)
                .start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
        upstream.close();
    }

    @Test
    void readsSendsAndAnswersOnOneThread() {
        try (RawClient client = RawClient.connect(server.port())) {
            int inTurn = 0;
            // not so the first ones, which wait for connections to be made
            for (int sent = 1; inTurn < 50 && sent < 1_000; sent++) {
                client.send(RawRequest.get("/quick/" + sent));
                assertThat(client.readResponse().bodyText()).isEqualTo("GET /quick/" + sent);
                await().until(() -> noting.ended.peek() != null);
                inTurn = Boolean.TRUE.equals(noting.ended.poll()) ? inTurn + 1 : 0;
            }
            assertThat(inTurn).isEqualTo(50);
        }
        assertThat(upstream.connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void runsFilterThatMayWaitOnWorker() throws InterruptedException {
        List<RawClient> held = new ArrayList<>();
        try {
            for (int i = 0; i < WAITING; i++) {
                held.add(RawClient.connect(server.port()).send(RawRequest.get("/waiting/" + i)));
            }
            assertThat(waiting.arrived.await(10, TimeUnit.SECONDS)).isTrue();
            // all of them wait now, and nobody else does
            try (RawClient client = RawClient.connect(server.port())) {
                client.send(RawRequest.get("/quick/a"));
                assertThat(client.readResponse().status()).isEqualTo(200);
            }
            assertThat(waiting.onLoop).hasValue(0);
            release.countDown();
            for (int i = 0; i < WAITING; i++) {
                assertThat(held.get(i).readResponse().bodyText()).isEqualTo("GET /waiting/" + i);
            }
        } finally {
            held.forEach(RawClient::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/a%2f..%2fb", "/short", "/long", "/quick/a"})
    void clientThatTakesNoAnswerHoldsUpNobody(String path) throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        Thread sender;
        try (RawClient stubborn = RawClient.connect(server.port())) {
            sender = new Thread(() -> sendFor(stubborn, path, sent));
            sender.start();
            int before = -1;
            for (int same = 0; same < 30; same = sent.get() == before ? same + 1 : 0) {
                before = sent.get();
                try (RawClient client = RawClient.connect(server.port())) {
                    client.send(RawRequest.get("/quick/b"));
                    assertThat(client.readResponse().bodyText()).isEqualTo("GET /quick/b");
                }
            }
        }
        sender.join(10_000);
        assertThat(sender.isAlive()).isFalse();
    }

    private static void sendFor(RawClient client, String path, AtomicInteger sent) {
        byte[] request =
                RawRequest.get(path).toString().repeat(20).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try {
            for (int i = 0; i < 200_000; i++) {
                client.send(request);
                sent.incrementAndGet();
            }
        } catch (RuntimeException reset) {
            // as planned
        }
    }

    @Test
    void largeBodiesPassBothWaysBesideEachOther() {
        upstream.answerWith(request -> Answer.ok("x".repeat(1_000_000)));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                RawClient client = RawClient.connect(server.port());
                clients.add(client);
                client.send("POST /quick/up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
                var unused = client.sendInBackground(GeneratedBody.of(3_000_000));
            }
            for (RawClient client : clients) {
                assertThat(client.readResponse().bodyText()).hasSize(1_000_000);
            }
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void connectionsToUpstreamsDoNotCountAsClients() {
        try (GatewayServer small = GatewayServer.builder(Gateway.builder()
                                .upstream(Upstream.named("service").target(upstream.url()))
                                .route(Route.named("all").path("/**").to("service"))
                                .build())
                        .port(0)
                        .withoutAdminPort()
                        .maxConnections(2)
                        .oneLoop(true)
                        .start();
                RawClient one = RawClient.connect(small.port())) {
            for (int i = 0; i < 5; i++) {
                one.send(RawRequest.get("/one"));
                assertThat(one.readResponse().status()).isEqualTo(200);
                try (RawClient two = RawClient.connect(small.port())) {
                    two.send(RawRequest.get("/two"));
                    assertThat(two.readResponse().status()).isEqualTo(200);
                }
            }
        }
        upstream.awaitConnectionsOpen(0);
    }

    @Test
    void closesConnectionsToUpstreamsWhenItStops() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/quick/a"));
            assertThat(client.readResponse().status()).isEqualTo(200);
            upstream.awaitConnectionsOpen(1);
            server.close();
            upstream.awaitConnectionsOpen(0);
        }
    }

    private static final class Noting implements Filter, NonWaiting {

        /** Of each exchange, whether it began and ended on the same loop. */
        private final Queue<Boolean> ended = new ConcurrentLinkedQueue<>();

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Thread began = Turn.selector() == null ? null : Thread.currentThread();
            Objects.requireNonNull(Exchange.of(request))
                    .onComplete(exchange -> ended.add(Thread.currentThread() == began));
            chain.doFilter(request, response);
        }
    }

    private static final class Waiting implements Filter {

        private final CountDownLatch arrived = new CountDownLatch(WAITING);
        private final AtomicInteger onLoop = new AtomicInteger();
        private final CountDownLatch release;

        Waiting(CountDownLatch release) {
            this.release = release;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (Turn.selector() != null) {
                onLoop.incrementAndGet();
            }
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
