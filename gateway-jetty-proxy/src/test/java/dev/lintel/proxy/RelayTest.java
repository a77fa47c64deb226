package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.RouteBuilder;
import dev.lintel.testing.Answer;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.Container;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReadGate;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies pass in both directions as they come, without being gathered. */
class RelayTest {

    private static final GeneratedBody LARGE = GeneratedBody.of(64L << 20);

    @ParameterizedTest
    @EnumSource(Container.class)
    void streamsLargeAnswers(Container container) {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.start(request -> request.path().equals("/chunked")
                                ? Answer.generatedChunked(LARGE, 10_000)
                                : Answer.generated(LARGE));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            String digest = LARGE.sha256();
            for (String path : List.of("/sized", "/chunked")) {
                RawResponse response = client.send(RawRequest.get(path)).readResponse();
                assertThat(response.complete()).isTrue();
                assertThat(response.bodySha256()).isEqualTo(digest);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void streamsLargeRequests(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/sized").header("Content-Length", Long.toString(LARGE.length())))
                    .send(LARGE);
            assertThat(client.readResponse().bodyText()).isEqualTo("ok");
            client.send(RawRequest.post("/chunked").header("Transfer-Encoding", "chunked"))
                    .sendChunked(LARGE, 50_000);
            assertThat(client.readResponse().bodyText()).isEqualTo("ok");
            String digest = LARGE.sha256();
            assertThat(upstream.awaitRequests(2)).allSatisfy(request -> {
                assertThat(request.complete()).isTrue();
                assertThat(request.bodySha256()).isEqualTo(digest);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void holdsTheUpstreamBackWhenTheClientIsSlow(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.generated(LARGE));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            client.readResponseHead();
            awaitStandstill(upstream);
            // what the system's socket buffers take, and what is on the way
            assertThat(upstream.bytesWritten()).isLessThan(32L << 20);
        }
    }

    private static void awaitStandstill(ScriptedUpstream upstream) {
        long[] before = {-1};
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            long now = upstream.bytesWritten();
            boolean still = now == before[0] && now > 0;
            before[0] = now;
            return still;
        });
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void holdsTheClientBackWhenTheUpstreamIsSlow(Container container) throws Exception {
        ReadGate gate = new ReadGate();
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.builder().readGate(gate).start(request -> Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").header("Content-Length", Long.toString(LARGE.length())));
            CompletableFuture<Void> sent = client.sendInBackground(LARGE);
            upstream.awaitHeads(1);
            gate.permit(100_000);
            upstream.requests().get(0).awaitBodyLength(50_000);
            assertThat(sent).isNotDone();
            gate.open();
            sent.get(60, TimeUnit.SECONDS);
            assertThat(client.readResponse().bodyText()).isEqualTo("ok");
            assertThat(upstream.awaitRequest().bodySha256()).isEqualTo(LARGE.sha256());
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void sendsEachEventAtOnce(Container container) {
        LiveAnswer live = LiveAnswer.chunked(200, "Content-Type: text/event-stream");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/events"));
            live.awaitStarted();
            assertThat(client.readResponseHead().status()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                live.chunk("data: " + i + "\n\n");
                client.awaitText("data: " + i + "\n\n");
            }
            live.end();
            client.awaitText("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersHeadWithoutBody(Container container) {
        Answer answer = Answer.head(200, "Content-Length: 1234", "X-A: 1");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            for (int i = 0; i < 2; i++) {
                RawResponse response = client.send(RawRequest.of("HEAD", "/a")).readResponseToHead();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("Content-Length")).isEqualTo("1234");
                assertThat(response.header("X-A")).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersWithoutBody(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> switch (request.path()) {
                    case "/204" -> Answer.head(204, "X-A: 1");
                    case "/304" -> Answer.head(304, "ETag: \"x\"", "X-A: 1");
                    default -> Answer.of(205, "", "X-A: 1");
                });
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            for (int status : new int[] {204, 304, 205}) {
                RawResponse response = client.send(RawRequest.get("/" + status)).readResponse();
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.body()).isEmpty();
                assertThat(response.header("X-A")).isEqualTo("1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesBodyThatEndsWithTheConnection(Container container) {
        Answer answer =
                Answer.raw("HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nuntil the end").thenEnd(PeerClose.FIN);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            RawResponse response = app.exchange(RawRequest.get("/a"));
            assertThat(response.bodyText()).isEqualTo("until the end");
            assertThat(response.complete()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesBodyOfGet(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a").body("body")).readResponse();
            client.send(RawRequest.of("DELETE", "/b").chunked("body")).readResponse();
            client.send(RawRequest.post("/c").header("Content-Length", "0")).readResponse();
            List<ReceivedRequest> received = upstream.awaitRequests(3);
            assertThat(received.get(0).header("Content-Length")).isEqualTo("4");
            assertThat(received.get(0).bodyText()).isEqualTo("body");
            assertThat(received.get(1).header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(received.get(1).bodyText()).isEqualTo("body");
            assertThat(received.get(2).header("Content-Length")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void leavesEncodedBodiesAlone(Container container) {
        Answer answer = Answer.of(200, "not really gzip", "Content-Encoding: gzip", "Vary: Accept-Encoding");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            RawResponse response = app.exchange(RawRequest.get("/a").header("Accept-Encoding", "gzip"));
            assertThat(response.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(response.bodyText()).isEqualTo("not really gzip");
            assertThat(upstream.awaitRequest().header("Accept-Encoding")).isEqualTo("gzip");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void relaysExpectationAndContinues(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").header("Expect", "100-continue").header("Content-Length", "4"));
            client.awaitText("100");
            client.send("body");
            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("body");
            assertThat(upstream.awaitRequest().header("Expect")).isEqualTo("100-continue");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void relaysRefusedExpectationWhole(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.NEVER)
                        .start(request -> Answer.of(413, "too much", "X-A: 1"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").header("Expect", "100-continue").header("Content-Length", "4"));
            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.bodyText()).isEqualTo("too much");
            assertThat(response.header("X-A")).isEqualTo("1");
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void sendsBodyWhenUpstreamIgnoresTheExpectation(Container container) {
        LiveAnswer live = LiveAnswer.raw("");
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.AFTER_ANSWER)
                        .start(request -> live);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").header("Expect", "100-continue").header("Content-Length", "4"));
            client.awaitText("100");
            client.send("body");
            live.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            live.end();
            assertThat(client.readResponse().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesTrailersToThoseWhoTakeThem(Container container) {
        Answer answer = Answer.chunkedWithTrailers(
                200, List.of("a", "b"), List.of("X-Sum: 1", "Set-Cookie: a=b", "Content-Length: 7"));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            RawResponse taken = client.send(RawRequest.get("/a")
                            .header("TE", "trailers, deflate")
                            .header("Connection", "TE"))
                    .readResponse();
            assertThat(taken.bodyText()).isEqualTo("ab");
            assertThat(taken.trailerLines())
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(line).isEqualToIgnoringCase("X-Sum: 1"));
            assertThat(upstream.awaitRequest().header("TE")).isEqualTo("trailers");
            RawResponse plain = client.send(RawRequest.get("/a")).readResponse();
            assertThat(plain.bodyText()).isEqualTo("ab");
            assertThat(plain.trailerLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesTrailersOfRequestsButNoIdentity(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            app.exchange(RawRequest.post("/a")
                    .chunkedWithTrailers(List.of("body"), "X-Sum: 1", "X-User-ID: evil", "x_user_role: evil"));
            ReceivedRequest received = upstream.awaitRequest();
            assertThat(received.bodyText()).isEqualTo("body");
            // Tomcat drops all that its allowedTrailerHeaders does not name
            String[] passed = container == Container.JETTY_EE10 ? new String[] {"x-sum: 1"} : new String[0];
            assertThat(received.trailerLines()).containsExactly(passed);
        }
    }

    private static RouteBuilder patient(RouteBuilder route) {
        return route.idleTimeout(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void servesHttp10Clients(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(
                        Answer.chunkedWithTrailers(200, List.of("a", "b"), List.of("X-T: 1")));
                ProxyApp app = ProxyApp.in(container, RelayTest::patient, upstream.url())) {
            RawResponse response = RawClient.exchange(
                    app.port(), RawRequest.raw("GET /a HTTP/1.0", "Host: localhost", "TE: trailers"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).isEqualTo("ab");
            assertThat(upstream.awaitRequest().requestLine()).isEqualTo("GET /a HTTP/1.1");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void passesInterimAnswersOnWhereTheContainerCan(Container container) {
        Answer answer = Answer.ok("done")
                .precededBy(103, "Link: </a.css>; rel=preload", "Connection: X-Inner", "X-Inner: 1")
                .precededBy(102)
                .precededBy(103, "Link: </b.css>; rel=preload");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            RawResponse response = app.exchange(RawRequest.get("/a"));
            assertThat(response.bodyText()).isEqualTo("done");
            if (container == Container.JETTY_EE10) {
                assertThat(response.interim()).extracting(RawResponse::status).containsExactly(103, 102, 103);
                assertThat(response.interim().toString()).contains("a.css", "b.css");
                assertThat(response.interim())
                        .allSatisfy(
                                interim -> assertThat(interim.rawHead()).doesNotContain("X-Inner", "Content-Length"));
            } else {
                assertThat(response.interim()).isEmpty();
            }
            RawResponse old = app.exchange(RawRequest.raw("GET /a HTTP/1.0", "Host: localhost"));
            assertThat(old.bodyText()).isEqualTo("done");
            assertThat(old.interim()).isEmpty();
        }
    }
}
