package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.proxy.KnownDefect.Row;
import dev.lintel.testing.Answer;
import dev.lintel.testing.BodyReading;
import dev.lintel.testing.Container;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.WebApp;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;

/** Defects on the way to the upstream. */
final class RequestDefects {

    private RequestDefects() {}

    static List<Row> rows() {
        return List.of(
                new Row("J1 Connection cannot remove the identity", "X-User-ID", RequestDefects::identitySurvives),
                new Row("J2 forged spellings of owned fields are dropped", "evil", RequestDefects::forgeriesDie),
                new Row("J6 a body over HTTP/2 needs no length", "hello", RequestDefects::http2BodyPasses),
                new Row("J8 CONNECT is refused and the connection closed", "405", s -> refuses(s, "CONNECT")),
                new Row("J9 TRACE is not forwarded", "405", s -> refuses(s, "TRACE")),
                new Row("J11 a raw pipe in the query is the client's fault", "400", RequestDefects::rawPipe),
                new Row("J14 no content type is invented", "Content-Type", RequestDefects::noInventedType),
                new Row("J15 a coding of the transfer is not dropped", "501", RequestDefects::otherCoding),
                new Row("J16 Forwarded and Via tell nothing of the inside", "by=", RequestDefects::noInsides),
                new Row("J17 a path has one meaning", "400", RequestDefects::ambiguousPath),
                new Row("J19 two credentials are refused", "400", RequestDefects::twoCredentials),
                new Row("J20 an unread body ends the connection", "end of the connection", RequestDefects::unreadBody),
                new Row("0.4 a stream over HTTP/2 passes piece by piece", "first piece", RequestDefects::http2Stream),
                new Row("0.7 a client's reset aborts the upstream", "aborted", RequestDefects::clientReset),
                new Row(
                        "0.9 a WebSocket handshake reaches the upstream",
                        "Upgrade: websocket",
                        RequestDefects::upgrade));
    }

    private static void identitySurvives(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/a").header("Connection", "close, X-User-ID"));
            if (response.status() != 400) {
                assertThat(upstream.awaitRequest().headerLines()).contains("X-User-ID: alice");
            }
        }
    }

    private static void forgeriesDie(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawClient.exchange(
                    app.port(),
                    RawRequest.get("/a")
                            .header("X-User-ID", "evil")
                            .header("X.User.ID", "evil")
                            .header("XUserID", "evil")
                            .header("X-Forwarded-For", "6.6.6.6")
                            .header("X-Forwarded-Host", "evil")
                            .header("X-Real-IP", "6.6.6.6")
                            .header("Forwarded", "for=6.6.6.6;host=evil"));
            RawResponse underscore =
                    RawClient.exchange(app.port(), RawRequest.get("/a").header("X_User_ID", "evil"));
            List<ReceivedRequest> received = upstream.awaitRequests(underscore.status() == 400 ? 1 : 2);
            for (ReceivedRequest request : received) {
                assertThat(request.rawHead()).doesNotContain("evil", "6.6.6.6");
                assertThat(request.headers("X-User-ID")).containsExactly("alice");
            }
        }
    }

    private static void http2BodyPasses(Subject subject) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                Http2App app = Http2App.start(subject, upstream.url())) {
            InputStream body = new ByteArrayInputStream("hello".getBytes(StandardCharsets.US_ASCII));
            HttpResponse<String> response = app.client()
                    .send(
                            HttpRequest.newBuilder(app.uri("/a"))
                                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.version().name()).isEqualTo("HTTP_2");
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("hello");
            assertThat(response.body()).isEqualTo("ok");
        }
    }

    private static void http2Stream(Subject subject) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                Http2App app = Http2App.start(subject, upstream.url())) {
            ReceivedRequest received;
            CompletableFuture<HttpResponse<String>> response;
            try (SubmissionPublisher<ByteBuffer> pieces = new SubmissionPublisher<>()) {
                HttpRequest request = HttpRequest.newBuilder(app.uri("/a"))
                        .POST(HttpRequest.BodyPublishers.fromPublisher(pieces))
                        .build();
                response = app.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
                await().until(pieces::hasSubscribers);
                pieces.submit(ByteBuffer.wrap("first".getBytes(StandardCharsets.US_ASCII)));
                await("first piece")
                        .atMost(subject.patience())
                        .untilAsserted(() -> assertThat(upstream.requests()).isNotEmpty());
                received = upstream.requests().get(0);
                await("first piece")
                        .atMost(subject.patience())
                        .untilAsserted(() -> assertThat(received.bodyText()).isEqualTo("first"));
                pieces.submit(ByteBuffer.wrap("second".getBytes(StandardCharsets.US_ASCII)));
            }
            assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
            assertThat(received.bodyText()).isEqualTo("firstsecond");
        }
    }

    private static void refuses(Subject subject, String method) {
        String target = method.equals("CONNECT") ? "localhost:80" : "/a";
        assertRefused(
                subject,
                RawRequest.of(method, target).header("Host", "localhost:80").header("Max-Forwards", "0"),
                405);
    }

    private static void rawPipe(Subject subject) {
        assertRefused(subject, RawRequest.get("/a?b=|"), 400);
    }

    private static void ambiguousPath(Subject subject) {
        assertRefused(subject, RawRequest.get("/a/../b"), 400);
    }

    private static void twoCredentials(Subject subject) {
        assertRefused(
                subject,
                RawRequest.get("/a").header("Authorization", "Bearer a").header("Authorization", "Bearer b"),
                400);
    }

    private static void otherCoding(Subject subject) {
        assertRefused(
                subject,
                RawRequest.post("/a")
                        .header("Transfer-Encoding", "gzip, chunked")
                        .following("0\r\n\r\n"),
                501);
    }

    private static void upgrade(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawClient.exchange(
                    app.port(),
                    RawRequest.get("/a")
                            .header("Connection", "Upgrade")
                            .header("Upgrade", "websocket")
                            .header("Sec-WebSocket-Version", "13")
                            .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));
            assertThat(upstream.awaitRequest().rawHead())
                    .contains("\r\nUpgrade: websocket\r\n", "\r\nConnection: Upgrade\r\n");
        }
    }

    private static void assertRefused(Subject subject, RawRequest request, int status) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawResponse response = RawClient.exchange(app.port(), request);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    private static void noInventedType(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawClient.exchange(app.port(), RawRequest.post("/a").body("x"));
            assertThat(upstream.awaitRequest().rawHead())
                    .doesNotContain("Content-Type", "User-Agent", "Accept-Encoding");
        }
    }

    private static void noInsides(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/a"));
            ReceivedRequest received = upstream.awaitRequest();
            assertThat(response.status()).isEqualTo(200);
            assertThat(received.header("Forwarded")).doesNotContain("by=", "null");
            assertThat(received.header("Via")).matches("1\\.1 lintel \\([0-9a-f]{8}\\)");
        }
    }

    private static void unreadBody(Subject subject) {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.builder().reading(BodyReading.NEVER).start(request -> Answer.of(401, "no"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url());
                RawClient client = RawClient.connect(app.port())) {
            client.send(
                    RawRequest.post("/a").header("Content-Length", "3000000000").following("part"));
            assertThat(client.readResponse().status()).isEqualTo(401);
            assertThat(client.within(subject.patience()).awaitClosed()).isIn(PeerClose.FIN, PeerClose.RESET);
        }
    }

    private static void clientReset(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
                WebApp app = subject.start(WebApp.on(Container.JETTY_EE10), upstream.url(), false);
                RawClient client = RawClient.connect(app.port())) {
            client.send(RawRequest.get("/a"));
            ReceivedRequest received = upstream.awaitHeads(1).get(0);
            client.reset();
            await("aborted").atMost(subject.patience()).until(() -> received.aborted() != null);
        }
    }
}
