package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.testing.http2.StreamEnd;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 on the clients' side, before an upstream of HTTP/1.1. */
class Http2Test {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    private Path directory;

    private final ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));

    @AfterEach
    void closeUpstream() {
        upstream.close();
    }

    @Test
    void isChosenByAlpnBesideHttp11() throws IOException {
        try (GatewayServer server = overTls().http2().start();
                FrameClient client = FrameClient.connectTls(server.port(), AUTHORITY.trusting(), "localhost");
                RawClient older = RawClient.connectTls(server.port(), AUTHORITY.trusting(), "localhost", "http/1.1")) {
            client.send(Frame.headers(
                    1, true, ":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", "/a?b=c"));
            StreamEnd end = client.await(1);
            assertThat(end.status()).isEqualTo(200);
            assertThat(end.body()).isEqualTo("ok");
            assertThat(end.fields()).noneMatch(line -> line.startsWith("connection"));
            older.send(RawRequest.raw("GET /b HTTP/1.1", "Host: localhost"));
            assertThat(older.readResponse().status()).isEqualTo(200);
        }
        ReceivedRequest seen = upstream.awaitRequests(2).get(0);
        assertThat(seen.target()).isEqualTo("/a?b=c");
        assertThat(seen.headerLines()).contains("X-Forwarded-Proto: https", "X-Forwarded-Host: localhost");
        assertThat(seen.headerLines()).anyMatch(line -> line.startsWith("Via: 2 lintel"));
    }

    @Test
    void refusesAuthorityThatTheCertificateIsNotFor() throws IOException {
        try (GatewayServer server = overTls().http2().start();
                FrameClient client = FrameClient.connectTls(server.port(), AUTHORITY.trusting(), "localhost")) {
            client.send(Frame.headers(
                    1, true, ":method", "GET", ":scheme", "https", ":authority", "other.example", ":path", "/"));
            assertThat(client.await(1).status()).isEqualTo(421);
            client.send(Frame.headers(
                    3, true, ":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", "/"));
            assertThat(client.await(3).status()).isEqualTo(421);
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void isNotSpokenInClearTextUnlessAskedFor() {
        try (GatewayServer server = GatewayServer.start(gateway(), 0);
                RawClient client = RawClient.connect(server.port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(client.readResponse().status()).isIn(400, 505);
            client.awaitClosed();
        }
    }

    @Test
    void isNotSpokenToWhoAsksForAnUpgrade() {
        try (GatewayServer server = inClearText().start();
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/a")
                    .header("Connection", "Upgrade, HTTP2-Settings")
                    .header("Upgrade", "h2c")
                    .header("HTTP2-Settings", "AAMAAABkAAQCAAAAAAIAAAAA"));
            assertThat(client.readResponse().statusLine()).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(upstream.awaitRequest().headerLines())
                .noneMatch(line -> line.startsWith("Upgrade") || line.startsWith("HTTP2-Settings"));
    }

    @Test
    void servesHttp11BesideIt() {
        try (GatewayServer server = inClearText().start()) {
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/a")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void joinsCookieCrumbs() {
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.headers(
                    1,
                    true,
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":authority",
                    "localhost",
                    ":path",
                    "/",
                    "cookie",
                    "a=b",
                    "cookie",
                    "c=d; e=f",
                    "x-other",
                    "v",
                    "cookie",
                    "g=h"));
            assertThat(client.await(1).status()).isEqualTo(200);
        }
        assertThat(upstream.awaitRequest().headers("Cookie")).containsExactly("a=b; c=d; e=f; g=h");
    }

    @Test
    void carriesTrailersBothWays() {
        LiveAnswer answer = LiveAnswer.chunked(200, "Trailer: grpc-status");
        upstream.answerWith(request -> answer);
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(
                    Frame.post(1, "/rpc", "te", "trailers"),
                    Frame.data(1, false, "body"),
                    Frame.headers(1, true, "x-checksum", "1234"));
            answer.chunk("ok");
            answer.end("grpc-status: 0");
            StreamEnd end = client.await(1);
            assertThat(end.body()).isEqualTo("ok");
            assertThat(end.trailers()).containsExactly("grpc-status: 0");
        }
        ReceivedRequest seen = upstream.awaitRequest();
        assertThat(seen.bodyText()).isEqualTo("body");
        assertThat(seen.trailerLines()).containsExactly("x-checksum: 1234");
        assertThat(seen.headerLines()).contains("TE: trailers");
    }

    @Test
    void forwardsEarlyHints() {
        upstream.answerWith(request -> Answer.ok("ok").precededBy(103, "Link: </s.css>"));
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/hints"));
            StreamEnd end = client.await(1);
            assertThat(end.status()).isEqualTo(200);
            assertThat(end.interim()).containsExactly(103);
        }
    }

    @Test
    void abortsTheUpstreamsRequestWhenTheStreamIsReset() {
        upstream.answerWith(request -> Answer.hold());
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/held"));
            upstream.awaitHeads(1);
            client.send(Frame.rst(1, ErrorCode.CANCEL));
            upstream.awaitAborted();
            upstream.answerWith(request -> Answer.ok("ok"));
            client.send(Frame.get(3, "/next"));
            assertThat(client.await(3).status()).isEqualTo(200);
        }
    }

    @Test
    void abortsTheUpstreamsRequestWhenTheStreamIsResetWithinABody() {
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.post(1, "/upload"), Frame.data(1, false, "part"));
            upstream.awaitHeads(1).get(0).awaitBodyLength(4);
            client.send(Frame.rst(1, ErrorCode.CANCEL));
            upstream.awaitAborted();
        }
        assertThat(upstream.requests()).noneMatch(ReceivedRequest::complete);
    }

    static final List<Frame> ENDS = List.of(
            new Frame(Frame.PING, 0, 0, new byte[6]),
            Frame.headers(1, false, "x-trailer", "v"),
            Frame.goAway(0, ErrorCode.INTERNAL_ERROR),
            Frame.data(1, false, "a".repeat(16_385)));

    @ParameterizedTest
    @FieldSource("ENDS")
    void neverCompletesBodyOfConnectionThatFails(Frame end) {
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.post(1, "/upload"), Frame.data(1, false, "part"));
            upstream.awaitHeads(1).get(0).awaitBodyLength(4);
            client.send(Frame.post(3, "/empty"));
            client.send(end);
            client.shutdownOutput();
            client.awaitClosed();
            upstream.awaitAborted();
        }
        assertThat(upstream.requests()).noneMatch(ReceivedRequest::complete);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverCompletesBodyOfConnectionThatEnds(boolean reset) {
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.post(1, "/upload"), Frame.data(1, false, "part"));
            upstream.awaitHeads(1).get(0).awaitBodyLength(4);
            client.send(Frame.post(3, "/empty"));
            if (reset) {
                client.reset();
            } else {
                client.shutdownOutput();
            }
            upstream.awaitAborted();
        }
        assertThat(upstream.requests()).noneMatch(ReceivedRequest::complete);
    }

    @Test
    void resetsTheStreamOfAnAnswerThatIsCutShort() {
        upstream.answerWith(request -> Answer.truncated(100, "abc", PeerClose.RESET));
        try (GatewayServer server = inClearText().start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/cut"));
            StreamEnd end = client.await(1);
            assertThat(end.complete()).as(end.toString()).isFalse();
            assertThat(end.resetCode()).isPositive();
            upstream.answerWith(request -> Answer.ok("ok"));
            client.send(Frame.get(3, "/next"));
            assertThat(client.await(3).status()).isEqualTo(200);
        }
    }

    @Test
    void letsStreamsWaitLongerThanTheIdleTimeout() {
        LiveAnswer late = LiveAnswer.chunked(200);
        upstream.answerWith(request -> request.path().equals("/late") ? late : Answer.ok("ok"));
        try (GatewayServer server =
                        inClearText().idleTimeout(Duration.ofSeconds(3)).start();
                RawClient idle = RawClient.connect(server.port());
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/late"));
            late.awaitStarted();
            // the idle connection shows that the time is over, twice
            idle.awaitClosed();
            try (RawClient second = RawClient.connect(server.port())) {
                second.awaitClosed();
            }
            late.chunk("late");
            late.end();
            assertThat(client.await(1).body()).isEqualTo("late");
        }
    }

    @Test
    void finishesStreamsWhileItStops() {
        CountDownLatch release = new CountDownLatch(1);
        upstream.answerWith(request -> Answer.ok("slow").after(release));
        GatewayServer server = inClearText().start();
        try (FrameClient client = FrameClient.connect(server.port())) {
            for (int stream = 1; stream <= 39; stream += 2) {
                client.send(Frame.get(stream, "/slow"));
            }
            upstream.awaitHeads(20);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            awaitGoAway(client);
            assertThat(closed).isNotDone();
            release.countDown();
            assertThat(answers(client, 20)).containsOnly("slow").hasSize(20);
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void refusesStreamsAboveTheLimit() {
        upstream.answerWith(request -> Answer.hold());
        try (GatewayServer server = inClearText().maxStreams(2).start();
                FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/a"), Frame.get(3, "/b"), Frame.get(5, "/c"));
            assertThat(client.await(5).resetCode()).isEqualTo(ErrorCode.REFUSED_STREAM);
            upstream.awaitHeads(2);
            client.reset();
            upstream.awaitAborted();
        }
    }

    private static void awaitGoAway(FrameClient client) {
        Frame frame = client.read();
        while (frame != null && frame.type() != Frame.GOAWAY) {
            frame = client.read();
        }
        assertThat(frame).isNotNull();
        assertThat(frame.integerAt(4)).isEqualTo(ErrorCode.NO_ERROR);
    }

    private static List<String> answers(FrameClient client, int count) {
        List<String> bodies = new java.util.ArrayList<>();
        Frame frame = client.read();
        while (frame != null && bodies.size() < count) {
            if (frame.type() == Frame.DATA && frame.payload().length > 0) {
                bodies.add(new String(frame.payload(), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            frame = bodies.size() < count ? client.read() : null;
        }
        return bodies;
    }

    private Gateway gateway() {
        return Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all").path("/**").to("service"))
                .build();
    }

    private ServerBuilder inClearText() {
        return GatewayServer.builder(gateway()).port(0).http2ClearText();
    }

    private ServerBuilder overTls() throws IOException {
        TestCertificate certificate = AUTHORITY.issue("localhost");
        Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.certificatePem());
        Path key = Files.writeString(directory.resolve("key.pem"), certificate.privateKeyPem());
        return GatewayServer.builder(gateway()).port(0).tls(chain, key);
    }
}
