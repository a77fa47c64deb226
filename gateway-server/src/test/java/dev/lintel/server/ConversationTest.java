package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests on one connection, and requests that arrive in pieces. */
class ConversationTest {

    private static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start(request -> Answer.ok(request.method() + " " + request.target()));
        server = GatewayServer.start(
                Gateway.builder()
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build(),
                0);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void understandsRequestThatComesByteByByte() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendByteByByte(RawRequest.post("/a?b=c")
                    .header("X-A", "b")
                    .chunked("hello ", "world")
                    .toString());
            assertThat(client.readResponse().bodyText()).isEqualTo("POST /a?b=c");
            assertThat(upstream.awaitRequest().bodyText()).isEqualTo("hello world");
            client.sendByteByByte(RawRequest.get("/next").toString());
            assertThat(client.readResponse().bodyText()).isEqualTo("GET /next");
        }
    }

    @Test
    void answersGoodRequestBeforeBadOneOnSameConnection() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/first") + "GET /second HTTP/1.1\r\nHost : localhost\r\n\r\n" + SMUGGLED);
            assertThat(client.readResponse().bodyText()).isEqualTo("GET /first");
            RawResponse refused = client.readResponse();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.header("Connection")).isEqualTo("close");
            client.awaitClosed();
        }
        assertThat(upstream.requests()).extracting(ReceivedRequest::path).containsExactly("/first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "POST"})
    void takesRequestInBodyForBody(String method) {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.of(method, "/first").body(SMUGGLED));
            client.send(RawRequest.get("/second"));
            RawResponse first = method.equals("HEAD") ? client.readResponseToHead() : client.readResponse();
            assertThat(first.status()).isEqualTo(200);
            assertThat(client.readResponse().bodyText()).isEqualTo("GET /second");
        }
        List<ReceivedRequest> seen = upstream.awaitRequests(2);
        assertThat(seen).extracting(ReceivedRequest::path).containsExactly("/first", "/second");
        assertThat(seen.get(0).bodyText()).isEqualTo(SMUGGLED);
    }

    @Test
    void takesRequestInBodyOfRefusedRequestForBody() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.post("/a%2fb").body(SMUGGLED));
            client.send(RawRequest.get("/second"));
            assertThat(client.readResponse().status()).isEqualTo(400);
            assertThat(client.readResponse().bodyText()).isEqualTo("GET /second");
        }
        assertThat(upstream.requests()).extracting(ReceivedRequest::path).containsExactly("/second");
    }

    @Test
    void keepsTrailersToTheirRequest() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.post("/first").chunkedWithTrailers(List.of("x"), "X-Trailer: v"));
            client.send(RawRequest.get("/second"));
            client.readResponse();
            client.readResponse();
        }
        assertThat(upstream.awaitRequests(2).get(1).headerLines()).noneMatch(line -> line.contains("X-Trailer"));
    }

    @Test
    void keepsHttp10ConnectionOnlyIfAskedTo() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.raw("GET /a HTTP/1.0", "Host: localhost", "Connection: keep-alive"));
            assertThat(client.readResponse().bodyText()).isEqualTo("GET /a");
            client.send(RawRequest.raw("GET /b HTTP/1.0", "Host: localhost"));
            assertThat(client.readResponse().bodyText()).isEqualTo("GET /b");
            client.awaitClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"})
    void neverCompletesBodyThatWasCutShort(String rest) {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send("POST /cut HTTP/1.1\r\nHost: localhost\r\n" + rest);
            upstream.awaitHeads(1).get(0).awaitBodyLength(5);
            client.shutdownOutput();
            String answer = new String(client.readUntilClosed(), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotStartWith("HTTP/1.1 2");
        }
        upstream.awaitAborted();
        assertThat(upstream.requests()).noneMatch(ReceivedRequest::complete);
    }
}
