package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private static long threadsOf(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("scripted-upstream-" + port))
                .count();
    }

    @Test
    void closeEndsEveryThreadWhateverItDoes() {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedUpstream upstream = ScriptedUpstream.start(request -> switch (request.path()) {
            case "/hold" -> Answer.hold();
            case "/write" -> Answer.generated(GeneratedBody.of(100_000_000));
            case "/live" -> LiveAnswer.chunked(200);
            default -> {
                never.await();
                yield Answer.close();
            }
        });
        int port = upstream.port();
        try (RawClient idle = RawClient.connect(port);
                RawClient holding = RawClient.connect(port).send(RawRequest.get("/hold"));
                RawClient writing = RawClient.connect(port).send(RawRequest.get("/write"));
                RawClient live = RawClient.connect(port).send(RawRequest.get("/live"));
                RawClient script = RawClient.connect(port).send(RawRequest.get("/script"));
                RawClient uploading =
                        RawClient.connect(port).send(RawRequest.post("/").header("Content-Length", "9"))) {
            upstream.awaitHeads(5);
            upstream.awaitConnectionsOpen(6);
            assertThat(threadsOf(port)).isEqualTo(7);

            upstream.close();

            assertThat(threadsOf(port)).isZero();
            assertThat(upstream.connectionsOpen()).isZero();
            assertThat(List.of(idle, holding, live, script, uploading))
                    .allMatch(client -> client.awaitClosed() == PeerClose.FIN);
            assertThat(writing.readUntilClosed()).hasSizeLessThan(100_000_000);
            assertThat(upstream.requests()).allMatch(request -> request.aborted() == null);
        }
    }

    @Test
    void closeTwiceIsHarmless() {
        ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
        upstream.close();
        upstream.close();
    }

    @Test
    void deadPortRefusesUntilItIsReleased() {
        try (DeadPort dead = DeadPort.refusing()) {
            assertThatThrownBy(() -> RawClient.connect(dead.port()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasStackTraceContaining("refused");
            assertThat(dead.url()).isEqualTo("http://127.0.0.1:" + dead.port());
        }
    }

    @Test
    void silentBlackHoleAcceptsAndNeverAnswers() {
        try (BlackHole hole = BlackHole.silent();
                RawClient client = RawClient.connect(hole.port())) {
            client.send(RawRequest.get("/"));
            assertThat(client.isClosedByPeer()).isFalse();
        }
    }

    @Test
    void droppingBlackHoleNeverConnects() throws Exception {
        try (BlackHole hole = BlackHole.dropping();
                Socket socket = new Socket()) {
            assertThatThrownBy(() ->
                            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port()), 100))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
