package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.BlackHole;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.Container;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of requests whose upstream or client fails. */
class FaultTest {

    record Fault(String name, Answer answer, int status, String rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Object[]> faults() {
        List<Fault> faults = List.of(
                new Fault("closes without an answer", Answer.close(), 502, "upstream-no-answer"),
                new Fault("resets without an answer", Answer.reset(), 502, "upstream-no-answer"),
                new Fault("resets within the head", head("HTTP/1.1 200 OK\r\nX-A: "), 502, "upstream-"),
                new Fault("says nothing", Answer.hold(), 504, "upstream-timeout"),
                new Fault(
                        "stops within the head",
                        raw("HTTP/1.1 200 OK\r\nX-A: ").then(Answer.hold()),
                        504,
                        "upstream-timeout"),
                new Fault(
                        "two lengths",
                        raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                        502,
                        "upstream-malformed"),
                new Fault(
                        "length and chunked",
                        raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        502,
                        "upstream-malformed"),
                new Fault(
                        "unknown coding",
                        raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                        502,
                        "upstream-malformed"),
                new Fault("bare line feeds", raw("HTTP/1.1 200 OK\nContent-Length: 1\n\na"), 502, "upstream-malformed"),
                new Fault("status 99", raw("HTTP/1.1 99 No\r\nContent-Length: 0\r\n\r\n"), 502, "upstream-malformed"),
                new Fault(
                        "status 1000", raw("HTTP/1.1 1000 No\r\nContent-Length: 0\r\n\r\n"), 502, "upstream-malformed"),
                new Fault(
                        "control character",
                        raw("HTTP/1.1 200 OK\r\nX-A: a\u0001b\r\nContent-Length: 0\r\n\r\n"),
                        502,
                        "upstream-malformed"),
                new Fault(
                        "no colon",
                        raw("HTTP/1.1 200 OK\r\nX-A\r\nContent-Length: 0\r\n\r\n"),
                        502,
                        "upstream-malformed"),
                new Fault(
                        "folded line",
                        raw("HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
                        502,
                        "upstream-malformed"),
                new Fault("garbage", raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"), 502, "upstream-malformed"),
                new Fault("head of 70 kB", Answer.ok("", "X-A: " + "a".repeat(70_000)), 502, "upstream-malformed"),
                new Fault("unasked 101", Answer.switchingProtocols("x"), 502, "upstream-malformed"),
                new Fault(
                        "1000 times 103",
                        raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(1000))
                                .then(Answer.hold()),
                        502,
                        "upstream-malformed"));
        List<Object[]> rows = new ArrayList<>();
        for (Container container : Container.values()) {
            faults.forEach(fault -> rows.add(new Object[] {container, fault}));
        }
        return rows;
    }

    private static Answer raw(String bytes) {
        return Answer.raw(bytes);
    }

    private static Answer head(String bytes) {
        return Answer.raw(bytes).thenEnd(PeerClose.RESET);
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("faults")
    void answersForUpstreamThatFailsBeforeItsHead(Container container, Fault fault) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(fault.answer());
                ProxyApp app = ProxyApp.in(
                        container,
                        route -> fault.status() == 504 ? route.firstByteTimeout(Duration.ofSeconds(3)) : route,
                        upstream.url());
                RawClient client = app.connect()) {
            RawResponse response = client.send(RawRequest.get("/a")).readResponse();

            assertThat(response.status()).isEqualTo(fault.status());
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.bodyText()).contains("\"rule\":\"" + fault.rule());
            upstream.answerWith(request -> Answer.ok("fine"));
            assertThat(client.send(RawRequest.get("/b")).readResponse().bodyText())
                    .isEqualTo("fine");
            upstream.awaitRequests(2);
            assertThat(upstream.requests().get(1).connection()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void breaksClientConnectionWhenChunkedAnswerIsCutShort(Container container) {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            live.chunk("part");
            client.awaitText("part");
            live.breakOff(PeerClose.FIN);

            RawResponse response = client.readResponse();
            assertThat(response.complete()).isFalse();
            assertThat(response.bodyText()).isEqualTo("part");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void breaksClientConnectionWhenAnswerWithLengthIsCutShort(Container container) {
        LiveAnswer live = LiveAnswer.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npart");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            client.awaitText("part");
            live.breakOff(PeerClose.RESET);

            RawResponse response = client.readResponse();
            assertThat(response.complete()).isFalse();
            assertThat(response.bodyText()).isEqualTo("part");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void breaksConnectionThatWouldEndByClosing(Container container) {
        LiveAnswer live = LiveAnswer.chunked(200);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a").close());
            live.chunk("part");
            client.awaitText("part");
            live.breakOff(PeerClose.FIN);

            RawResponse response = client.readResponse();
            assertThat(response.complete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void breaksClientConnectionWhenUpstreamPausesForTooLong(Container container) {
        Answer pausing =
                out -> out.head(200, "Transfer-Encoding: chunked").chunk("part").hold();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(pausing);
                ProxyApp app =
                        ProxyApp.in(container, route -> route.idleTimeout(Duration.ofSeconds(3)), upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));

            assertThat(client.readResponse().complete()).isFalse();
            assertThat(upstream.awaitAborted().path()).isEqualTo("/a");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersWhenNoConnectionComesUp(Container container) {
        try (BlackHole hole = BlackHole.dropping();
                ProxyApp app =
                        ProxyApp.in(container, route -> route.connectTimeout(Duration.ofMillis(300)), hole.url())) {
            RawResponse response = app.exchange(RawRequest.get("/a"));

            assertThat(response.status()).isEqualTo(504);
            assertThat(response.bodyText()).contains("upstream-timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void sendsToTheNextTargetWhenOneRefuses(Container container) {
        try (DeadPort dead = DeadPort.refusing();
                ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("fine"));
                ProxyApp app = ProxyApp.in(container, dead.url(), upstream.url())) {
            for (int i = 0; i < 4; i++) {
                RawResponse response = app.exchange(RawRequest.post("/a").body("kept"));
                assertThat(response.status()).isEqualTo(200);
            }
            assertThat(upstream.awaitRequests(4))
                    .allSatisfy(r -> assertThat(r.bodyText()).isEqualTo("kept"));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void sendsAgainWhenKeptConnectionWasClosed(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request -> {
                    if (request.path().equals("/warm")) {
                        return Answer.ok("warm");
                    }
                    return request.connection() == 0 ? Answer.close() : Answer.ok("fine");
                });
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            app.exchange(RawRequest.get("/warm"));
            assertThat(app.exchange(RawRequest.get("/a")).bodyText()).isEqualTo("fine");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void doesNotSendAgainWhatAnyByteCameBackFor(Container container) {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.start(request -> request.path().equals("/warm")
                                ? Answer.ok("warm")
                                : Answer.raw("HTTP/1.1 2").thenEnd(PeerClose.FIN));
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            app.exchange(RawRequest.get("/warm"));
            assertThat(app.exchange(RawRequest.get("/a")).status()).isEqualTo(502);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void doesNotSendAgainWhatIsNotIdempotent(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(
                        request -> request.path().equals("/warm") ? Answer.ok("warm") : Answer.close());
                ProxyApp app = ProxyApp.in(container, upstream.url())) {
            app.exchange(RawRequest.get("/warm"));
            assertThat(app.exchange(RawRequest.post("/a").body("x")).status()).isEqualTo(502);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void abortsUpstreamWhenClientCutsItsBody(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("never"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.post("/a").header("Content-Length", "10").following("part"));
            ReceivedRequest received = upstream.awaitHeads(1).get(0).awaitBodyLength(4);
            client.shutdownOutput();

            received.awaitEnd();
            assertThat(received.complete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void abortsUpstreamWhenClientStalls(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("never"));
                ProxyApp app =
                        ProxyApp.in(container, route -> route.idleTimeout(Duration.ofSeconds(3)), upstream.url());
                RawClient client = app.connect()) {
            client.send(
                    RawRequest.post("/a").header("Transfer-Encoding", "chunked").following("4\r\npart\r\n"));

            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.bodyText()).contains("body-timeout");
            ReceivedRequest received = upstream.awaitHeads(1).get(0).awaitEnd();
            assertThat(received.complete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void refusesBodyAsSoonAsItIsTooLarge(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("never"));
                ProxyApp app = ProxyApp.in(container, route -> route.maxRequestBody(5), upstream.url());
                RawClient client = app.connect()) {
            client.send(
                    RawRequest.post("/a").header("Transfer-Encoding", "chunked").following("6\r\nabcdef\r\n"));

            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.header("Connection")).isEqualTo("close");
            client.awaitClosed();
            for (ReceivedRequest request : upstream.requests()) {
                assertThat(request.awaitEnd().complete()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void relaysEarlyAnswerAndClosesTheConnection(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .reading(BodyReading.NEVER)
                        .start(request -> Answer.of(403, "no", "X-A: 1"));
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(
                    RawRequest.post("/a").header("Content-Length", "1000000").following("part"));

            RawResponse response = client.readResponse();
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.bodyText()).isEqualTo("no");
            assertThat(response.header("X-A")).isEqualTo("1");
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "JETTY_EE10")
    void abortsUpstreamWhenClientResetsWhileWaiting(Container container) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
                ProxyApp app = ProxyApp.in(container, upstream.url());
                RawClient client = app.connect()) {
            client.send(RawRequest.get("/a"));
            ReceivedRequest received = upstream.awaitHeads(1).get(0);
            client.reset();
            received.awaitAborted();
        }
    }
}
