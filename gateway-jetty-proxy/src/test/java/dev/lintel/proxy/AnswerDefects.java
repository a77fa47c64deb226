package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.proxy.KnownDefect.Row;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.WebApp;
import java.util.List;

/** Defects on the way back to the client, and at the start. */
final class AnswerDefects {

    private AnswerDefects() {}

    static List<Row> rows() {
        return List.of(
                new Row("J3 field values are not rewritten", "filename", AnswerDefects::valuesPass),
                new Row("J4 a quote in a value costs no field", "Permissions-Policy", AnswerDefects::quotesPass),
                new Row("J5 103 before the answer does no harm", "not within", s -> interim(s, 103)),
                new Row("J7 101 that nobody asked for is refused", "502", AnswerDefects::unaskedUpgrade),
                new Row("J10 Connection of the upstream is kept to", "X-Internal", AnswerDefects::nominatedFields),
                new Row("J12 a closing connection cannot hide a cut", "false but was true", AnswerDefects::closingCut),
                new Row("J13 a head that is too large is 502", "500", AnswerDefects::largeHead),
                new Row("J18 bare line feeds are refused", "502", AnswerDefects::bareLineFeeds),
                new Row("0.1 quoted strings stay quoted", "boundary", AnswerDefects::quotedStrings),
                new Row("0.2 JSON in a value costs no field", "NEL", AnswerDefects::jsonPasses),
                new Row("0.3 102 before the answer does no harm", "not within", s -> interim(s, 102)),
                new Row("0.5 a cut is seen behind Tomcat", "false but was true", AnswerDefects::cutBehindTomcat),
                new Row("0.6 an event is sent at once", "not within", AnswerDefects::eventAtOnce),
                new Row("0.8 buffers pass without a copy", "0L", AnswerDefects::buffersPass),
                new Row("0.10 no option is needed outside Jetty", "500", AnswerDefects::startsInTomcat));
    }

    private static void assertPasses(Subject subject, String... lines) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok", lines));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/a")).headerLines())
                    .containsSubsequence(lines);
        }
    }

    private static void valuesPass(Subject subject) {
        assertPasses(
                subject,
                "Content-Disposition: attachment; filename=\"a, b.txt\"",
                "WWW-Authenticate: Bearer realm=\"x\"",
                "Set-Cookie: c=\"q\"; Path=/");
    }

    private static void quotedStrings(Subject subject) {
        assertPasses(
                subject,
                "Content-Type: multipart/mixed; boundary=\"b 1\"",
                "Link: </s>; rel=\"preload\"",
                "Cache-Control: private=\"Set-Cookie\", max-age=0");
    }

    private static void quotesPass(Subject subject) {
        assertPasses(
                subject,
                "Permissions-Policy: geolocation=(self \"https://x\")",
                "X-J: it's \"quoted\"",
                "Cache-Control: private",
                "Vary: Accept");
    }

    private static void jsonPasses(Subject subject) {
        assertPasses(
                subject,
                "NEL: {\"report_to\":\"a\",\"max_age\":1}",
                "Set-Cookie: j={\"a\":1}",
                "X-Multi: 1",
                "X-Multi: 2",
                "Link: </s>; rel=preload");
    }

    private static void interim(Subject subject, int status) {
        Answer answer = Answer.ok("ok").precededBy(status, "Link: </s>; rel=preload");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url());
                RawClient client = RawClient.connect(app.port()).within(subject.patience())) {
            RawResponse response = client.send(RawRequest.get("/a")).readResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).isEqualTo("ok");
        }
    }

    private static void unaskedUpgrade(Subject subject) {
        assertRefuses(subject, Answer.switchingProtocols("x"));
    }

    private static void bareLineFeeds(Subject subject) {
        assertRefuses(subject, Answer.raw("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
    }

    private static void largeHead(Subject subject) {
        assertRefuses(subject, Answer.ok("", "X-A: " + "a".repeat(70_000)));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.head(204, "Content-Length: 2"));
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/a")).status())
                    .isEqualTo(204);
        }
    }

    private static void assertRefuses(Subject subject, Answer answer) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url());
                RawClient client = RawClient.connect(app.port())) {
            RawResponse response = client.send(RawRequest.get("/a")).readResponseHead();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    private static void nominatedFields(Subject subject) {
        Answer answer = Answer.ok("ok", "Connection: X-Internal", "X-Internal: secret", "X-A: 1");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answer);
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url())) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/a"));
            assertThat(response.header("X-A")).isEqualTo("1");
            assertThat(response.rawHead()).doesNotContain("X-Internal", "secret");
        }
    }

    private static void closingCut(Subject subject) {
        assertCutIsSeen(subject, Container.JETTY_EE10, RawRequest.get("/a").close());
    }

    private static void cutBehindTomcat(Subject subject) {
        assertCutIsSeen(subject, Container.TOMCAT_10, RawRequest.get("/a"));
    }

    private static void assertCutIsSeen(Subject subject, Container container, RawRequest request) {
        LiveAnswer live = LiveAnswer.chunked(200);
        // more than any buffer between, so that the head is sent whoever gathers
        String part = "part".repeat(20_000);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                WebApp app = subject.start(container, upstream.url());
                RawClient client = RawClient.connect(app.port())) {
            client.send(request);
            live.chunk(part);
            client.awaitText("part");
            live.breakOff(PeerClose.FIN);
            assertThat(client.readResponse().complete()).isFalse();
        }
    }

    private static void eventAtOnce(Subject subject) {
        LiveAnswer live = LiveAnswer.chunked(200, "Content-Type: text/event-stream");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(live);
                WebApp app = subject.start(Container.JETTY_EE10, upstream.url());
                RawClient client = RawClient.connect(app.port()).within(subject.patience())) {
            client.send(RawRequest.get("/a"));
            live.chunk("data: 1\n\n");
            client.awaitText("data: 1");
            live.end();
        }
    }

    private static void buffersPass(Subject subject) {
        BufferCountingFilter counter = new BufferCountingFilter();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("0123456789"));
                WebApp app = subject.start(
                        WebApp.on(Container.JETTY_EE10).filter(FilterSetup.of("counter", counter)),
                        upstream.url(),
                        false)) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/a"));
            assertThat(response.bodyText()).isEqualTo("0123456789");
            assertThat(counter.asBuffers.get()).isEqualTo(10);
        }
    }

    private static void startsInTomcat(Subject subject) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                WebApp app = subject.start(WebApp.on(Container.TOMCAT_10), upstream.url(), false)) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/a")).status())
                    .isEqualTo(200);
        }
    }
}
