package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedUpstreamTest {

    @Test
    void recordsTheRequestByteForByte() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok(""))) {
            RawRequest sent = RawRequest.raw("PATCH /a/../b?c=%zz HTTP/1.1", "Host:x", "X-A:  1 ", "x-a: 2")
                    .chunkedWithTrailers(List.of("ab", "c"), "X-T: 1");
            RawClient.exchange(upstream.port(), sent);

            ReceivedRequest request = upstream.awaitRequest();
            assertThat(request.requestLine()).isEqualTo("PATCH /a/../b?c=%zz HTTP/1.1");
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.target()).isEqualTo("/a/../b?c=%zz");
            assertThat(request.path()).isEqualTo("/a/../b");
            assertThat(request.query()).isEqualTo("c=%zz");
            assertThat(request.headerLines())
                    .containsExactly("Host:x", "X-A:  1 ", "x-a: 2", "Transfer-Encoding: chunked");
            assertThat(request.headers("X-A")).containsExactly("1", "2");
            assertThat(request.header("host")).isEqualTo("x");
            assertThat(request.rawHead())
                    .isEqualTo(sent.toString().substring(0, request.rawHead().length()));
            assertThat(request.bodyText()).isEqualTo("abc");
            assertThat(request.trailerLines()).containsExactly("X-T: 1");
            assertThat(request.framing()).isEqualTo(BodyFraming.CHUNKED);
            assertThat(request.complete()).isTrue();
        }
    }

    @Test
    void answersInTurnOnOneConnection() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answeringInTurn(Answer.ok("1"), Answer.of(404, "2"));
                RawClient client = RawClient.connect(upstream.port())) {
            assertThat(client.send(RawRequest.get("/")).readResponse().bodyText())
                    .isEqualTo("1");
            assertThat(client.send(RawRequest.get("/")).readResponse().status()).isEqualTo(404);
            assertThat(client.send(RawRequest.get("/")).readResponse().status()).isEqualTo(404);
            assertThat(upstream.connectionsAccepted()).isEqualTo(1);
            assertThat(upstream.connectionsOpen()).isEqualTo(1);
        }
    }

    @Test
    void closesWhenEitherSideSaysSo() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answeringInTurn(Answer.ok("asked"), Answer.ok("told", "Connection: close"));
                RawClient first = RawClient.connect(upstream.port());
                RawClient second = RawClient.connect(upstream.port())) {
            first.send(RawRequest.get("/").close()).readResponse();
            assertThat(first.awaitClosed()).isEqualTo(PeerClose.FIN);
            second.send(RawRequest.get("/")).readResponse();
            assertThat(second.awaitClosed()).isEqualTo(PeerClose.FIN);
            upstream.awaitConnectionsOpen(0);
        }
    }

    @Test
    void liveAnswerIsWrittenWhenTheTestSays() {
        LiveAnswer live = LiveAnswer.chunked(200, "Content-Type: text/event-stream");
        try (ScriptedUpstream upstream = ScriptedUpstream.answeringInTurn(live, Answer.ok("next"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/events"));
            assertThat(live.awaitStarted().path()).isEqualTo("/events");
            assertThat(client.readResponseHead().framing()).isEqualTo(BodyFraming.CHUNKED);

            live.chunk("one");
            assertThat(client.readChunk()).isEqualTo("one");
            live.chunk("two");
            assertThat(client.readChunk()).isEqualTo("two");
            live.end("X-T: 1");
            assertThat(client.readChunk()).isEmpty();

            assertThat(client.send(RawRequest.get("/")).readResponse().bodyText())
                    .isEqualTo("next");
        }
    }

    @Test
    void liveAnswerSeesThePeerLeave() {
        LiveAnswer live = LiveAnswer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/"));
            live.write("some");
            client.awaitText("some");
            client.reset();

            assertThat(live.awaitStarted().awaitAborted()).isEqualTo(PeerClose.RESET);
            upstream.awaitConnectionsOpen(0);
            assertThatThrownBy(() -> live.write("more")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void liveAnswerCanBreakOff() {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/"));
            live.chunk("a").breakOff(PeerClose.RESET);

            RawResponse response = client.readResponse();
            assertThat(response.complete()).isFalse();
            assertThat(response.closedBy()).isEqualTo(PeerClose.RESET);
            assertThat(upstream.requests().get(0).aborted()).isNull();
        }
    }

    @Test
    void answerWaitsForTheLatch() {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.ok("now").after(latch));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/"));
            upstream.awaitRequest();
            assertThat(client.isClosedByPeer()).isFalse();
            latch.countDown();
            assertThat(client.readResponse().bodyText()).isEqualTo("now");
        }
    }

    @Test
    void continuesARequestThatExpectsIt() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("done"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.post("/").header("Expect", "100-continue").header("Content-Length", "2"));
            assertThat(client.awaitText("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.send("ab");
            assertThat(client.readResponse().interim()).hasSize(1);
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("ab");
        }
    }

    @Test
    void answersEarlyAndReadsTheBodyLater() {
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.AFTER_ANSWER)
                        .start(request -> Answer.of(401, "no"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.post("/").header("Content-Length", "3"));
            assertThat(client.readResponse().status()).isEqualTo(401);
            assertThat(upstream.requests().get(0).complete()).isFalse();
            client.send("abc");
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("abc");
        }
    }

    @Test
    void neverReadsTheBodyIfToldSo() {
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.NEVER)
                        .start(request -> Answer.of(413, "too much"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.post("/").body("abc"));
            assertThat(client.readResponse().status()).isEqualTo(413);
            ReceivedRequest request = upstream.awaitRequest();
            assertThat(request.complete()).isFalse();
            assertThat(request.bodyLength()).isZero();
        }
    }

    @Test
    void readsAsSlowlyAsTheGateLets() {
        ReadGate gate = new ReadGate();
        GeneratedBody body = GeneratedBody.of(40_000);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.builder().readGate(gate).start(request -> Answer.ok("all"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.post("/").header("Content-Length", "40000"));
            CompletableFuture<Void> sent = client.sendInBackground(body);
            ReceivedRequest request = upstream.awaitHeads(1).get(0);

            gate.permit(1000);
            assertThat(request.awaitBodyLength(1000).bodyLength()).isEqualTo(1000);
            gate.open();
            assertThat(client.readResponse().bodyText()).isEqualTo("all");
            assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
            assertThat(request.bodySha256()).isEqualTo(body.sha256());
        }
    }

    @Test
    void aRequestCutShortIsAnAbortAndNoViolation() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok(""))) {
            RawClient client = RawClient.connect(upstream.port());
            client.send(RawRequest.post("/").header("Content-Length", "9").following("abc"));
            upstream.awaitHeads(1).get(0).awaitBodyLength(3);
            client.close();

            ReceivedRequest request = upstream.awaitRequest();
            assertThat(request.complete()).isFalse();
            assertThat(request.aborted()).isEqualTo(PeerClose.FIN);
            assertThat(request.bodyText()).isEqualTo("abc");
        }
    }

    @Test
    void aPeerThatLeavesDuringALongAnswerIsAnAbort() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.generated(GeneratedBody.of(50_000_000)))) {
            RawClient client = RawClient.connect(upstream.port()).send(RawRequest.get("/"));
            client.awaitBytes(200_000);
            client.reset();

            assertThat(upstream.awaitAborted().aborted()).isEqualTo(PeerClose.RESET);
            assertThat(upstream.bytesWritten()).isBetween(100L, 50_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: x\n\n",
                "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /\u00e4 HTTP/1.1\r\nHost: x\r\n\r\n",
                "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n 1\r\na\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHo"
            })
    void whatIsNotHttpIsAViolation(String bytes) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok(""));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(bytes).shutdownOutput();
            client.awaitClosed();

            assertThat(upstream.violations()).hasSize(1);
            assertThatThrownBy(upstream::requests).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aScriptThatThrowsIsAViolation() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> {
                    assertThat(request.target()).isEqualTo("/other");
                    return Answer.ok("");
                });
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/")).awaitClosed();

            assertThat(upstream.violations()).singleElement().asString().contains("/other");
        }
    }

    @Test
    void waitingInVainShowsWhatWasReceived() {
        Changes changes = new Changes();
        assertThatThrownBy(() -> changes.await("x", Duration.ofMillis(10), () -> false, () -> "so far"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("x: not within PT0.01S; so far");
    }

    @Test
    void refusesAndAcceptsAgainOnTheSamePort() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("up"))) {
            int port = upstream.port();
            upstream.refuseConnections();
            assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(UncheckedIOException.class);
            try (Socket other = new Socket()) {
                other.setReuseAddress(false);
                assertThatThrownBy(() -> other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                        .as("kept for it")
                        .isInstanceOf(BindException.class);
            }
            upstream.acceptConnections();
            assertThat(RawClient.exchange(port, RawRequest.get("/")).bodyText()).isEqualTo("up");
        }
    }
}
