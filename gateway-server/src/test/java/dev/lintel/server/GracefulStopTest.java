package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GracefulStopTest {

    private final CountDownLatch release = new CountDownLatch(1);
    private final ScriptedUpstream upstream = ScriptedUpstream.start(
            request -> request.path().equals("/slow") ? Answer.ok("slow").after(release) : Answer.ok("quick"));

    @AfterEach
    void closeUpstream() {
        upstream.close();
    }

    @Test
    void letsRequestInFlightFinishAndClosesItsConnection() {
        GatewayServer server = server().start();
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/slow"));
            upstream.awaitHeads(1);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            await().until(() -> refused(server.port()));
            assertThat(closed).isNotDone();
            release.countDown();
            RawResponse answer = client.readResponse();
            assertThat(answer.bodyText()).isEqualTo("slow");
            assertThat(answer.header("Connection")).isEqualTo("close");
            client.awaitClosed();
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void saysThatItIsNotReadyWhileItDrains() {
        GatewayServer server = server().start();
        int admin = server.adminUri().getPort();
        assertThat(RawClient.exchange(admin, RawRequest.get("/ready")).bodyText())
                .isEqualTo("{\"status\":\"ready\"}");
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/slow"));
            upstream.awaitHeads(1);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            await().until(() -> refused(server.port()));
            RawResponse ready = RawClient.exchange(admin, RawRequest.get("/ready"));
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.bodyText()).isEqualTo("{\"status\":\"draining\"}");
            assertThat(RawClient.exchange(admin, RawRequest.get("/health")).status())
                    .isEqualTo(200);
            release.countDown();
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
            assertThat(refused(admin)).isTrue();
        }
    }

    @Test
    void answersNewRequestsDuringTheDrainDelayAndClosesTheirConnections() {
        GatewayServer server = server().drainDelay(Duration.ofSeconds(30)).start();
        try (RawClient kept = RawClient.connect(server.port())) {
            kept.send(RawRequest.get("/quick"));
            assertThat(kept.readResponse().hasHeader("Connection")).isFalse();
            Thread closing = new Thread(server::close);
            closing.start();
            int admin = server.adminUri().getPort();
            await().until(() ->
                    RawClient.exchange(admin, RawRequest.get("/ready")).status() == 503);
            kept.send(RawRequest.get("/quick"));
            assertThat(kept.readResponse().header("Connection")).isEqualTo("close");
            kept.awaitClosed();
            RawResponse fresh = RawClient.exchange(server.port(), RawRequest.get("/quick"));
            assertThat(fresh.status()).isEqualTo(200);
            assertThat(fresh.header("Connection")).isEqualTo("close");
            // who interrupts does not want to wait
            closing.interrupt();
            await().until(() -> !closing.isAlive());
        }
    }

    @Test
    void cutsOffWhatTakesLongerThanTheStopTimeout() {
        GatewayServer server = server().stopTimeout(Duration.ofMillis(50)).start();
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/slow"));
            upstream.awaitHeads(1);
            server.close();
            client.awaitClosed();
        }
        upstream.awaitAborted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n4\r\npart\r\n", "Content-Length: 9\r\n\r\npart"})
    void neverLetsAnswerThatItCutsPassAsWhole(String begun) {
        LiveAnswer endless = LiveAnswer.raw("HTTP/1.1 200 OK\r\n" + begun);
        upstream.answerWith(request -> endless);
        GatewayServer server = server().stopTimeout(Duration.ofMillis(50)).start();
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/endless"));
            client.awaitText("part");
            server.close();
            RawResponse answer = client.readResponse();
            assertThat(answer.complete()).as(answer.toString()).isFalse();
        }
        upstream.awaitAborted();
    }

    @Test
    void neverLetsBodyThatItCutsPassAsWhole() {
        GatewayServer server = server().stopTimeout(Duration.ofMillis(50)).start();
        try (RawClient client = RawClient.connect(server.port())) {
            client.send("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\npart");
            upstream.awaitHeads(1).get(0).awaitBodyLength(4);
            server.close();
            client.awaitClosed();
        }
        upstream.awaitAborted();
        assertThat(upstream.requests()).noneMatch(ReceivedRequest::complete);
    }

    @Test
    void waitsForWebSocketConnectionsAndCutsThemOffInTheEnd() {
        GatewayServer patient = server().start();
        GatewayServer hasty = server().stopTimeout(Duration.ofMillis(50)).start();
        LiveAnswer cutOff = webSocketAccepted();
        upstream.answerWith(request -> cutOff);
        try (RawClient client = webSocket(hasty)) {
            hasty.close();
            client.awaitClosed();
        }
        LiveAnswer accepted = webSocketAccepted();
        upstream.answerWith(request -> accepted);
        try (RawClient client = webSocket(patient)) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(patient::close);
            await().until(() -> refused(patient.port()));
            accepted.write("still passes");
            client.awaitText("still passes");
            assertThat(closed).isNotDone();
            client.shutdownOutput();
            accepted.breakOff(PeerClose.FIN);
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void letsWebSocketConnectionGoOnThatIsAcceptedWhileItStops() {
        GatewayServer server = server().start();
        LiveAnswer accepted = webSocketAccepted();
        upstream.answerWith(request -> accepted.after(release));
        try (RawClient client = RawClient.connect(server.port()).send(handshake())) {
            upstream.awaitHeads(1);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            await().until(() -> refused(server.port()));
            release.countDown();
            assertThat(client.readResponseHead().status()).isEqualTo(101);
            accepted.write("still passes");
            client.awaitText("still passes");
            assertThat(closed).isNotDone();
            client.shutdownOutput();
            accepted.breakOff(PeerClose.FIN);
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private static LiveAnswer webSocketAccepted() {
        return LiveAnswer.raw(String.join(
                "\r\n",
                "HTTP/1.1 101 Switching Protocols",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "",
                ""));
    }

    private static RawClient webSocket(GatewayServer server) {
        RawClient client = RawClient.connect(server.port()).send(handshake());
        assertThat(client.readResponseHead().status()).isEqualTo(101);
        return client;
    }

    private static RawRequest handshake() {
        return RawRequest.get("/chat")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void leavesNothingBehindInTheProcess() {
        WeakReference<Gateway> gateway = startAndStop();
        await().until(() -> {
            System.gc();
            return gateway.get() == null;
        });
    }

    private WeakReference<Gateway> startAndStop() {
        Gateway gateway = gateway();
        GatewayServer server =
                GatewayServer.builder(gateway).port(0).stopOnShutdownSignal().start();
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/quick")).status())
                .isEqualTo(200);
        server.close();
        return new WeakReference<>(gateway);
    }

    @Test
    void finishesRequestsWhenTheProcessIsToldToEnd() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SignalledServer.class.getName(),
                        upstream.url())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader()) {
            int port = Integer.parseInt(said.readLine());
            try (RawClient client = RawClient.connect(port)) {
                client.send(RawRequest.get("/slow"));
                upstream.awaitHeads(1);
                process.toHandle().destroy();
                await().until(() -> refused(port));
                release.countDown();
                RawResponse answer = client.readResponse();
                assertThat(answer.bodyText()).isEqualTo("slow");
                assertThat(answer.header("Connection")).isEqualTo("close");
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void takesAnyNumberOfCloses() throws InterruptedException {
        GatewayServer server = server().start();
        server.close();
        server.close();
        server.join();
        assertThat(refused(server.port())).isTrue();
    }

    @Test
    void joinWaitsForTheStop() {
        GatewayServer server = server().start();
        CompletableFuture<Void> joined = CompletableFuture.runAsync(() -> {
            try {
                server.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(joined).isNotDone();
        server.close();
        assertThat(joined).succeedsWithin(Duration.ofSeconds(10));
    }

    private Gateway gateway() {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    private ServerBuilder server() {
        return GatewayServer.builder(gateway()).port(0);
    }

    private static boolean refused(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
