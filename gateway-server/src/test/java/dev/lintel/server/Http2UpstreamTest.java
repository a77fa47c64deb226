package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.http2.ErrorCode;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.testing.http2.StreamEnd;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 on the upstreams' side. */
class Http2UpstreamTest {

    private Http2Service service;
    private GatewayServer server;

    @BeforeEach
    void start() {
        service = Http2Service.start(null);
        server = serving(Upstream.named("service").target(service.url("http")).protocol(Upstream.Protocol.H2C));
    }

    @AfterEach
    void stop() {
        service.release();
        server.close();
        service.close();
    }

    private static GatewayServer serving(Upstream.Builder upstream) {
        return GatewayServer.builder(Gateway.builder()
                        .upstream(upstream)
                        .route(Route.named("all")
                                .path("/**")
                                .connectTimeout(Duration.ofSeconds(20))
                                .to("service"))
                        .build())
                .port(0)
                .http2ClearText()
                .start();
    }

    @Test
    void isSpokenToClientsOfHttp11AsWell() {
        RawResponse answer = RawClient.exchange(
                server.port(),
                RawRequest.post("/a/b?c=%2F").header("Cookie", "a=b").body("body"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Protocol")).isEqualTo("HTTP/2.0");
        assertThat(answer.header("X-Target")).isEqualTo("/a/b?c=%2F");
        assertThat(answer.header("X-Length")).isEqualTo("4");
        assertThat(answer.header("X-Cookies")).isEqualTo("[a=b]");
    }

    @Test
    void namesTheTargetOrTheClientsHostAsAuthorityAlone() {
        RawResponse own = RawClient.exchange(server.port(), RawRequest.get("/a"));
        assertThat(own.header("X-Authority")).isEqualTo("127.0.0.1:" + service.port());
        assertThat(own.header("X-Hosts")).isEqualTo("[]");
        try (GatewayServer preserving = serving(Upstream.named("service")
                .target(service.url("http"))
                .protocol(Upstream.Protocol.H2C)
                .preserveHost())) {
            RawResponse preserved =
                    RawClient.exchange(preserving.port(), RawRequest.raw("GET /a HTTP/1.1", "Host: shop.example:8080"));
            assertThat(preserved.header("X-Authority")).isEqualTo("shop.example:8080");
            assertThat(preserved.header("X-Hosts")).isEqualTo("[]");
        }
    }

    @Test
    void carriesTrailersBothWays() {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(
                    Frame.post(1, "/rpc", "te", "trailers"),
                    Frame.data(1, false, "body"),
                    Frame.headers(1, true, "x-checksum", "1234"));
            StreamEnd end = client.await(1);
            assertThat(end.fields()).contains("x-trailers: [1234]", "x-length: 4");
            assertThat(end.trailers()).containsExactly("grpc-status: 0");
        }
    }

    @Test
    void sharesFewConnections() throws InterruptedException {
        try (FrameClient client = FrameClient.connect(server.port())) {
            for (int stream = 1; stream < 100; stream += 2) {
                client.send(Frame.get(stream, "/held"));
            }
            assertThat(service.held().tryAcquire(50, 10, TimeUnit.SECONDS)).isTrue();
            service.release();
            assertThat(client.await(99).status()).isEqualTo(200);
            assertThat(service.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void resetsTheStreamWhenTheClientIsGone() throws InterruptedException {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/held"));
            assertThat(service.held().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            client.send(Frame.rst(1, ErrorCode.CANCEL));
            assertThat(service.aborted().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void neverLetsAnswerThatIsCutPassAsWhole() {
        try (FrameClient client = FrameClient.connect(server.port())) {
            client.send(Frame.get(1, "/cut"));
            StreamEnd end = client.await(1);
            assertThat(end.status() == 502 || !end.complete())
                    .as(end.toString())
                    .isTrue();
        }
        RawResponse older = RawClient.exchange(server.port(), RawRequest.get("/cut"));
        assertThat(older.status() == 502 || !older.complete())
                .as(older.toString())
                .isTrue();
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/next")).status())
                .isEqualTo(200);
    }

    @Test
    void answersBadGatewayForUpstreamThatSpeaksItNot() {
        try (ScriptedUpstream old = ScriptedUpstream.start(request -> Answer.ok("ok"));
                GatewayServer wrong =
                        serving(Upstream.named("service").target(old.url()).protocol(Upstream.Protocol.H2C))) {
            assertThat(RawClient.exchange(wrong.port(), RawRequest.get("/a")).status())
                    .isEqualTo(502);
        }
    }

    @Test
    void checksTheCertificateOfAnUpstreamOverTls() {
        try (Http2Service secure = Http2Service.start(
                        TestAuthority.create().issue("127.0.0.1").context());
                GatewayServer strict = serving(
                        Upstream.named("service").target(secure.url("https")).protocol(Upstream.Protocol.H2))) {
            RawResponse answer = RawClient.exchange(strict.port(), RawRequest.get("/a"));
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.bodyText()).contains("\"rule\":\"upstream-tls\"");
        }
    }

    @Test
    void refusesWebSockets() {
        RawResponse answer = RawClient.exchange(
                server.port(),
                RawRequest.get("/a")
                        .header("Connection", "Upgrade")
                        .header("Upgrade", "websocket")
                        .header("Sec-WebSocket-Version", "13")
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        assertThat(answer.status()).isEqualTo(501);
    }

    @Test
    void goesOnWithANewConnectionWhenTheUpstreamSaidGoAway() {
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/a")).status())
                .isEqualTo(200);
        try (Http2Service next = Http2Service.start(null);
                GatewayServer other = serving(Upstream.named("service")
                        .target(service.url("http"))
                        .target(next.url("http"))
                        .protocol(Upstream.Protocol.H2C))) {
            for (int i = 0; i < 4; i++) {
                assertThat(RawClient.exchange(other.port(), RawRequest.get("/a"))
                                .status())
                        .isEqualTo(200);
            }
            next.end();
            List<Integer> statuses = new java.util.ArrayList<>();
            for (int i = 0; i < 6; i++) {
                statuses.add(
                        RawClient.exchange(other.port(), RawRequest.get("/a")).status());
            }
            // the one that is left answers whatever the other was meant for
            assertThat(statuses).containsOnly(200);
        }
    }
}
