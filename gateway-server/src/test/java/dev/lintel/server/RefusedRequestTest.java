package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Every request has one line in the access log and an id, also one that Jetty's parser does not let through. */
class RefusedRequestTest {

    private static final String KEY = "a-long-enough-key-0123456789";
    private static final String HOST = "Host: localhost\r\n";

    /**
     * A request that no filter behind the parser would ever see.
     *
     * @param request the bytes, as ISO-8859-1
     * @param status the answer's
     * @param line what the log says of it
     */
    record Refused(String name, String request, int status, String line) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Refused> REFUSED = List.of(
            new Refused("no first line", "\0\1\2\r\n\r\n", 400, "\"- - HTTP/1.0\" 400 "),
            new Refused("no method", " /a HTTP/1.1\r\n\r\n", 400, "\"- - HTTP/1.0\" 400 "),
            new Refused("no host", "GET /a HTTP/1.1\r\n\r\n", 400, "\"GET /a HTTP/1.1\" 400 "),
            new Refused("two hosts", "GET /a HTTP/1.1\r\n" + HOST + HOST + "\r\n", 400, "\"GET /a HTTP/1.1\" 400 "),
            new Refused("bad host", "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "\"GET /a HTTP/1.1\" 400 "),
            new Refused("bad field", "PUT /a HTTP/1.1\r\n" + HOST + "A : b\r\n\r\n", 400, "\"PUT /a HTTP/1.1\" 400 "),
            new Refused("bad target", "GET /a%zz?b HTTP/1.1\r\n" + HOST + "\r\n", 400, "\"- - HTTP/1.0\" 400 "),
            new Refused(
                    "long head",
                    "GET /a HTTP/1.1\r\n" + HOST + "A: " + "b".repeat(17_000) + "\r\n\r\n",
                    431,
                    "\"GET /a HTTP/1.1\" 431 "),
            new Refused(
                    "many fields",
                    "GET /a HTTP/1.1\r\n" + HOST + "A: b\r\n".repeat(100) + "\r\n",
                    431,
                    "\"GET /a HTTP/1.1\" 431 "),
            new Refused("long target", "GET /" + "a".repeat(8192) + " HTTP/1.1\r\n" + HOST + "\r\n", 414, "\" 414 "),
            new Refused(
                    "longer target", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414, "\" 414 "),
            new Refused(
                    "other scheme",
                    "GET https://localhost/a HTTP/1.1\r\n" + HOST + "\r\n",
                    421,
                    "\"GET /a HTTP/1.1\" 421 "),
            new Refused(
                    "expectation",
                    "GET /a HTTP/1.1\r\n" + HOST + "Expect: gold\r\n\r\n",
                    417,
                    "\"GET /a HTTP/1.1\" 417 "),
            new Refused(
                    "coding",
                    "POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n\r\n",
                    400,
                    "\"POST /a HTTP/1.1\" 400 "),
            new Refused("version", "GET /a HTTP/2.0\r\n" + HOST + "\r\n", 505, " 505 "));

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("ok"));
        server = GatewayServer.start(
                Gateway.builder()
                        .filter(RequestIdFilter.create())
                        .filter(AccessLogFilter.builder()
                                .format(AccessLogFilter.Format.COMMON)
                                .query(AccessLogFilter.Query.FULL)
                                .file(log())
                                .build())
                        .filter(ApiKeyAuthFilter.builder()
                                .plainKey("alice", KEY)
                                .build())
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").maxRequestBody(10).to("service"))
                        .build(),
                0);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSED")
    void hasAnIdAndOneLine(Refused row) {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(row.request());
            RawResponse answer = client.readResponse();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(row.status());
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.header("X-Request-ID")).isNotEmpty();
            assertThat(answer.bodyText())
                    .contains("\"requestId\":\"" + answer.header("X-Request-ID") + "\"")
                    .contains("\"rule\":\"");
            client.awaitClosed();
        }
        assertThat(linesOfStoppedServer()).singleElement().asString().contains(row.line());
    }

    @Test
    void hasOneLineForAQuestionAboutTheServer() {
        RawResponse answer = RawClient.exchange(
                server.port(), RawRequest.raw("OPTIONS * HTTP/1.1", "Host: localhost", "X-API-Key: " + KEY));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).contains("GET");
        assertThat(answer.header("X-Request-ID")).isNotEmpty();
        assertThat(linesOfStoppedServer()).singleElement().asString().contains("\"OPTIONS * HTTP/1.1\" 204 ");
    }

    @Test
    void hasOneLineWhenItsBodyIsLongerThanAllowed() {
        RawResponse declared = RawClient.exchange(
                server.port(), RawRequest.post("/a").header("X-API-Key", KEY).body("longer than ten"));
        RawResponse found = RawClient.exchange(
                server.port(), RawRequest.post("/b").header("X-API-Key", KEY).chunked("longer than", " ten"));
        assertThat(declared.status()).isEqualTo(413);
        assertThat(found.status()).isEqualTo(413);
        assertThat(linesOfStoppedServer())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("\"POST /a HTTP/1.1\" 413 "),
                        line -> assertThat(line).contains("\"POST /b HTTP/1.1\" 413 "));
    }

    @Test
    void hasOneLineWhenItsBodyIsMalformedOrCutShort() {
        for (String rest : new String[] {"zz\r\n", "5\r\nhello\r\n"}) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.send("POST /cut HTTP/1.1\r\n" + HOST + "X-API-Key: " + KEY
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + rest);
                client.shutdownOutput();
                client.awaitClosed();
            }
        }
        assertThat(linesOfStoppedServer()).hasSize(2).allMatch(line -> line.contains("\"POST /cut HTTP/1.1\" "));
    }

    @Test
    void hasNoLineBeforeItsFirstByte() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.shutdownOutput();
            client.awaitClosed();
        }
        assertThat(linesOfStoppedServer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'GET', '\"- - HTTP/1.0\" 400 '", "'GET /a HTTP/1.1\r\nHost: localhost\r\n', '\"GET /a HTTP/1.1\" 400 '"
    })
    void hasOneLineWhenItsHeadIsCutShort(String begun, String line) {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(begun);
            client.shutdownOutput();
            client.awaitClosed();
        }
        // the connection may end before what was refused is handled, and a stop would not wait for that
        await().until(() -> Files.exists(log()) && Files.size(log()) > 0);
        assertThat(linesOfStoppedServer()).singleElement().asString().contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/../a", "/a/../../b", "/%2e%2e/a", "/a/%2E./../b"})
    void namesTheRuleForPathThatClimbsAboveTheRoot(String path) {
        RawResponse answer = RawClient.exchange(server.port(), "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.bodyText()).contains("\"rule\":\"dot-segment\"");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void isNotWorthAWarningOfTheContainer() {
        for (String name : new String[] {
            "org.eclipse.jetty.util.HostPort",
            "org.eclipse.jetty.http.HttpParser",
            "org.eclipse.jetty.ee10.servlet.ServletChannel"
        }) {
            assertThat(LoggerFactory.getLogger(name).isWarnEnabled()).as(name).isFalse();
        }
    }

    private Path log() {
        return directory.resolve("access.log");
    }

    private List<String> linesOfStoppedServer() {
        server.close();
        try {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
