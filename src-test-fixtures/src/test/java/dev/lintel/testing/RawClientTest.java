package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RawClientTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void aWaitThatIsTooLongShowsWhatWasReceived() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.raw("HTTP/1.1 2").then(Answer.hold()));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/")).awaitText("HTTP/1.1 2");
            client.within(SHORT);

            assertThatThrownBy(client::readResponse)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a response: not within PT0.1S")
                    .hasMessageContaining("HTTP/1.1 2");
        }
    }

    @Test
    void aDripThatNeverEndsIsBoundedToo() {
        CountDownLatch done = new CountDownLatch(1);
        Answer drip = out -> {
            out.head(200, "Transfer-Encoding: chunked");
            while (done.getCount() > 0) {
                out.chunk("x");
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(drip);
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/")).awaitBytes(8192);
            client.within(SHORT);

            assertThatThrownBy(client::readResponse)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("earlier bytes");
        } finally {
            done.countDown();
        }
    }

    @Test
    void aPeerThatDoesNotReadMakesSendFailInTime() {
        try (BlackHole hole = BlackHole.silent();
                RawClient client = RawClient.connect(hole.port()).within(SHORT)) {
            byte[] tooMuch = new byte[32 * 1024 * 1024];

            assertThatThrownBy(() -> client.send(tooMuch))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("blocked for PT0.1S");
        }
    }

    @Test
    void sendsEachByteByItself() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.sendByteByByte(RawRequest.post("/p").body("äbc").toString());

            assertThat(client.readResponse().bodyText()).isEqualTo("ok");
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("äbc");
        }
    }

    @Test
    void pipelinedResponsesAreReadOneByOne() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.ok(request.target()));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/1").toString() + RawRequest.get("/2"));

            assertThat(client.readResponse().bodyText()).isEqualTo("/1");
            assertThat(client.readResponse().bodyText()).isEqualTo("/2");
            assertThat(upstream.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void halfCloseStillGetsTheAnswer() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("late"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/")).shutdownOutput();

            assertThat(client.readResponse().bodyText()).isEqualTo("late");
            assertThat(client.awaitClosed()).isEqualTo(PeerClose.FIN);
        }
    }

    @Test
    void resetIsSeenByThePeerAsReset() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold())) {
            RawClient client = RawClient.connect(upstream.port()).send(RawRequest.get("/"));
            ReceivedRequest request = upstream.awaitHeads(1).get(0);
            client.reset();

            assertThat(request.awaitAborted()).isEqualTo(PeerClose.RESET);
        }
    }

    @Test
    void closeIsSeenByThePeerAsFin() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold())) {
            RawClient client = RawClient.connect(upstream.port()).send(RawRequest.get("/"));
            upstream.awaitHeads(1);
            client.close();

            assertThat(upstream.awaitAborted().aborted()).isEqualTo(PeerClose.FIN);
        }
    }

    @Test
    void knowsWhetherThePeerHasClosed() {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.close().after(latch));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/"));
            assertThat(client.isClosedByPeer()).isFalse();

            latch.countDown();

            assertThat(client.awaitClosed()).isEqualTo(PeerClose.FIN);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void readsAllThereIsUntilTheEnd() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Answer.raw("some bytes").thenEnd(PeerClose.FIN));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/"));

            assertThat(client.readUntilClosed()).asString().isEqualTo("some bytes");
        }
    }

    @Test
    void awaitedBytesStayUnread() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("tail"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.get("/"));

            assertThat(client.awaitBytes(12)).asString().startsWith("HTTP/1.1 200");
            assertThat(client.awaitText("tail")).endsWith("tail");
            assertThat(client.readResponse().bodyText()).isEqualTo("tail");
        }
    }

    @Test
    void sendsInBackgroundWhileTheAnswerIsRead() {
        GeneratedBody body = GeneratedBody.of(5_000_000);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("got it"));
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.post("/up").header("Content-Length", "5000000"));
            CompletableFuture<Void> sent = client.sendInBackground(body);

            assertThat(client.readResponse().bodyText()).isEqualTo("got it");
            assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
            assertThat(upstream.awaitRequest().bodySha256()).isEqualTo(body.sha256());
        }
    }

    @Test
    void backgroundSendFailsWhenThePeerBreaksOff() {
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.AFTER_ANSWER)
                        .start(request -> Answer.reset());
                RawClient client = RawClient.connect(upstream.port())) {
            client.send(RawRequest.post("/up").header("Content-Length", "50000000"));
            CompletableFuture<Void> sent = client.sendInBackground(GeneratedBody.of(50_000_000));

            assertThat(sent).failsWithin(Duration.ofSeconds(10));
        }
    }
}
