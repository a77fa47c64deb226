package dev.lintel.proxy;

import static dev.lintel.proxy.WebSocketUpstream.ACCEPTED;
import static dev.lintel.proxy.WebSocketUpstream.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.GatewayBuilder;
import dev.lintel.RouteBuilder;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSocket connections, byte by byte. */
class WebSocketTest {

    private static RawRequest handshake() {
        return RawRequest.get("/chat?room=1")
                .header("Connection", "keep-alive, Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", KEY)
                .header("Sec-WebSocket-Protocol", "chat");
    }

    private static ProxyApp gateway(WebSocketUpstream upstream) {
        return gateway(upstream, route -> route);
    }

    private static ProxyApp gateway(WebSocketUpstream upstream, UnaryOperator<RouteBuilder> options) {
        return ProxyApp.in(Container.JETTY_EE10, options, upstream.url());
    }

    @Test
    void passesTheHandshakeAndThenBytesBothWays() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream);
                RawClient client = app.connect()) {
            client.send(handshake().header("X-Forwarded-For", "1.2.3.4"));
            RawResponse answer = client.readResponseHead();
            WebSocketUpstream.Peer peer = upstream.next();

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Upgrade")).isEqualTo("websocket");
            assertThat(answer.header("Connection")).isEqualTo("Upgrade");
            assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(answer.rawHead()).doesNotContain("Transfer-Encoding", "Content-Length");
            assertThat(peer.head())
                    .startsWith("GET /chat?room=1 HTTP/1.1\r\n")
                    .contains("\r\nConnection: Upgrade\r\n", "\r\nUpgrade: websocket\r\n", KEY)
                    .contains("\r\nSec-WebSocket-Protocol: chat\r\n")
                    .doesNotContain("1.2.3.4");

            client.send("\u0081\u0000\u0089any bytes\u00ff");
            assertThat(peer.read(13)).isEqualTo("\u0081\u0000\u0089any bytes\u00ff");
            peer.write("and back");
            assertThat(client.awaitText("and back")).endsWith("and back");
        }
    }

    @Test
    void losesNothingThatComesWithTheHeads() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED + "at once");
                ProxyApp app = gateway(upstream);
                RawClient client = app.connect()) {
            client.send(handshake().following("too early"));
            assertThat(client.readResponseHead().status()).isEqualTo(101);
            client.awaitText("at once");
            assertThat(upstream.next().read(9)).isEqualTo("too early");
        }
    }

    @Test
    void tellsOneSideThatTheOtherIsDoneAndLetsItGoOn() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream);
                RawClient client = app.connect()) {
            client.send(handshake()).readResponseHead();
            WebSocketUpstream.Peer peer = upstream.next();
            client.send("bye").shutdownOutput();
            assertThat(peer.read(3)).isEqualTo("bye");
            assertThat(peer.isEnded()).isTrue();
            peer.write("still here").socket().shutdownOutput();
            client.awaitText("still here");
            assertThat(client.awaitClosed()).isEqualTo(PeerClose.FIN);
        }
    }

    @Test
    void endsTheUpstreamsConnectionWhenTheClientBreaks() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream);
                RawClient client = app.connect()) {
            client.send(handshake()).readResponseHead();
            client.reset();
            assertThat(upstream.next().isEnded()).isTrue();
        }
    }

    @Test
    void endsTheClientsConnectionWhenTheUpstreamBreaks() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream);
                RawClient client = app.connect()) {
            client.send(handshake()).readResponseHead();
            var socket = upstream.next().socket();
            socket.setSoLinger(true, 0);
            socket.close();
            client.awaitClosed();
        }
    }

    @Test
    void endsConnectionsOnWhichNothingPasses() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream, route -> route.webSocketIdleTimeout(Duration.ofSeconds(1)));
                RawClient client = app.connect()) {
            client.send(handshake()).readResponseHead();
            client.awaitClosed();
            assertThat(upstream.next().isEnded()).isTrue();
        }
    }

    @Test
    void passesOnAnUpstreamsRefusal() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.of(426, "no", "Sec-WebSocket-Version: 13"));
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, upstream.url());
                RawClient client = app.connect()) {
            RawResponse answer = client.send(handshake()).readResponse();
            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(answer.bodyText()).isEqualTo("no");
            assertThat(client.send(handshake()).readResponse().status()).isEqualTo(426);
        }
    }

    static Stream<String> unprovenAcceptances() {
        return Stream.of(
                ACCEPTED.replace("Sec-WebSocket-Accept", "X-Other"),
                ACCEPTED.replace("s3pPLMBiTxaQ9kYGzzhZRbK", "s3pPLMBiTxaQ9kYGzzhZRbk"),
                ACCEPTED.replace("Upgrade: websocket", "Upgrade: h2c"),
                ACCEPTED.replace("Connection: Upgrade", "Connection: keep-alive"),
                ACCEPTED.replace("Connection: Upgrade", "Connection: Upgrade, close"),
                ACCEPTED.replace("Connection: Upgrade", "Connection: Upgrade, Sec-WebSocket-Accept"),
                ACCEPTED.replace("Upgrade: websocket", "Upgrade: websocket\r\nUpgrade: h2c"),
                ACCEPTED.replace("HTTP/1.1", "HTTP/1.0"),
                ACCEPTED.replace("Connection: Upgrade", "Connection: Upgrade\r\nContent-Length: 5"),
                ACCEPTED.replace("Connection: Upgrade", "Connection: Upgrade\r\nTransfer-Encoding: chunked"));
    }

    @ParameterizedTest
    @MethodSource("unprovenAcceptances")
    void trustsNoAcceptanceThatIsNotProven(String head) throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(head);
                ProxyApp app = gateway(upstream);
                RawClient client = app.connect()) {
            RawResponse answer = client.send(handshake()).readResponse();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.bodyText()).contains("upstream-malformed");
            assertThat(upstream.next().isEnded()).isTrue();
        }
    }

    static Stream<Arguments> impossibleHandshakes() {
        RawRequest start = RawRequest.get("/").header("Connection", "Upgrade").header("Upgrade", "websocket");
        RawRequest versioned = start.header("Sec-WebSocket-Version", "13");
        return Stream.of(
                Arguments.of("without a key", versioned),
                Arguments.of("with two keys", handshake().header("Sec-WebSocket-Key", KEY)),
                Arguments.of("with a short key", versioned.header("Sec-WebSocket-Key", "AAAA")),
                Arguments.of("with a key that is not Base64", versioned.header("Sec-WebSocket-Key", "?".repeat(24))),
                Arguments.of("without a version", start.header("Sec-WebSocket-Key", KEY)),
                Arguments.of("with an expectation", handshake().header("Expect", "100-continue")),
                Arguments.of("with close", handshake().header("Connection", "close")),
                Arguments.of(
                        "with a body", handshake().header("Content-Length", "1").following("x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossibleHandshakes")
    void refusesHandshakesThatCannotSucceed(String name, RawRequest request) throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream)) {
            RawResponse answer = app.exchange(request);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.bodyText()).contains("websocket-handshake");
            assertThat(upstream.hasNone()).isTrue();
        }
    }

    @Test
    void passesNoneOnWhereTheRouteOrTheContainerCannot() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp none = gateway(upstream, route -> route.maxWebSockets(0));
                ProxyApp tomcat = ProxyApp.in(Container.TOMCAT_10, upstream.url())) {
            for (ProxyApp app : List.of(none, tomcat)) {
                RawResponse answer = app.exchange(handshake());
                assertThat(answer.status()).isEqualTo(501);
                assertThat(answer.bodyText()).contains("upgrade-not-supported");
            }
        }
    }

    @Test
    void goesOnWithRequestsWhereTheClientWasNotTold() throws Exception {
        String tooLarge =
                ACCEPTED.replace("Connection: Upgrade", "Connection: Upgrade\r\nX-Large: " + "x".repeat(20_000));
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(tooLarge + "raw bytes");
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, recording(), route -> route, upstream.url());
                RawClient client = app.connect()) {
            RawResponse answer = client.send(handshake()).readResponseHead();
            assertThat(answer.status()).isEqualTo(500);
            WebSocketUpstream.Peer peer = upstream.next();
            client.send("GET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(peer.isEnded()).isTrue();
            assertThat(nextFacts().failure()).isEqualTo("tunnel-broken");
        }
    }

    @Test
    void answersWhenAFilterCannotTakeTheHead() throws Exception {
        Filter picky = (request, response, chain) ->
                chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                    @Override
                    public void addHeader(String name, String value) {
                        throw new IllegalArgumentException("no");
                    }
                });
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app =
                        ProxyApp.in(Container.JETTY_EE10, recording().filter(picky), route -> route, upstream.url())) {
            app.exchange(handshake());
            assertThat(upstream.next().isEnded()).isTrue();
            assertThat(nextFacts().status()).isEqualTo(500);
        }
    }

    @Test
    void boundsHowManyAreOpen() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = gateway(upstream, route -> route.maxWebSockets(1))) {
            try (RawClient first = app.connect()) {
                first.send(handshake()).readResponseHead();
                RawResponse second = app.exchange(handshake());
                assertThat(second.status()).isEqualTo(503);
                assertThat(second.bodyText()).contains("websocket-limit");
                assertThat(second.header("Retry-After")).isEqualTo("1");
            }
            upstream.next().socket().close();
            await().untilAsserted(() -> {
                try (RawClient third = app.connect()) {
                    assertThat(third.send(handshake()).readResponseHead().status())
                            .isEqualTo(101);
                }
            });
        }
    }

    record Facts(
            int status,
            long requestBytes,
            long responseBytes,
            @Nullable String failure) {}

    private final LinkedBlockingQueue<Facts> ended = new LinkedBlockingQueue<>();

    private GatewayBuilder recording() {
        Filter recorder = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.onComplete(over ->
                    ended.add(new Facts(over.status(), over.requestBytes(), over.responseBytes(), over.failure())));
            chain.doFilter(request, response);
        };
        return Gateway.builder().filter(recorder);
    }

    private Facts nextFacts() throws InterruptedException {
        return Objects.requireNonNull(ended.poll(10, TimeUnit.SECONDS), "exchange that ended");
    }

    @Test
    void endsTheExchangeWithTheConnection() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, recording(), route -> route, upstream.url());
                RawClient client = app.connect()) {
            client.send(handshake()).readResponseHead();
            WebSocketUpstream.Peer peer = upstream.next();
            client.send("1234");
            assertThat(peer.read(4)).isEqualTo("1234");
            assertThat(ended).isEmpty();
            peer.write("123456");
            client.awaitText("123456");
            peer.socket().close();
            client.awaitClosed();
            client.shutdownOutput();
            assertThat(nextFacts()).isEqualTo(new Facts(101, 4, 6, null));
        }
    }

    @Test
    void saysWhatBrokeTheConnection() throws Exception {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED);
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, recording(), route -> route, upstream.url())) {
            RawClient client = app.connect();
            client.send(handshake()).readResponseHead();
            WebSocketUpstream.Peer peer = upstream.next();
            client.reset();
            assertThat(peer.isEnded()).isTrue();
            peer.write("to nobody");
            assertThat(nextFacts()).isEqualTo(new Facts(101, 0, 9, "tunnel-broken"));
        }
    }

    @Test
    void givesBackEverythingWhenTheClientLeavesBeforeTheAnswer() throws IOException, InterruptedException {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering("");
                ProxyApp app = ProxyApp.in(
                        Container.JETTY_EE10, recording(), route -> route.maxWebSockets(1), upstream.url())) {
            RawClient client = app.connect();
            client.send(handshake());
            WebSocketUpstream.Peer peer = upstream.next();
            client.reset();
            assertThat(peer.isEnded()).isTrue();
            assertThat(nextFacts().failure()).isEqualTo("client-gone");
        }
    }
}
