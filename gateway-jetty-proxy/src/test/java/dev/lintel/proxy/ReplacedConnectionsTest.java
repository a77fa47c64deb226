package dev.lintel.proxy;

import static dev.lintel.proxy.WebSocketUpstream.ACCEPTED;
import static dev.lintel.proxy.WebSocketUpstream.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.router.GatewayServlet;
import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What becomes of connections to upstreams when another gateway takes over. */
class ReplacedConnectionsTest {

    /** How many serve six requests if they are kept: one may not be free yet when the next request comes. Six if not. */
    private static final int IF_KEPT = 3;

    private static Gateway gateway(String name, Upstream.Builder upstream) {
        return Gateway.builder()
                .upstream(upstream)
                .route(Route.named("all").path("/**").maxWebSockets(1).to(name))
                .build();
    }

    private static WebApp app(GatewayServlet servlet) {
        return WebApp.on(Container.JETTY_EE10)
                .servlet(ServletSetup.of("gateway", servlet))
                .start();
    }

    private static void get(WebApp app) {
        assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).status()).isEqualTo(200);
    }

    private static RawRequest handshake() {
        return RawRequest.get("/chat")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", KEY);
    }

    @Test
    void areKeptForTheSameTargetWhateverTheUpstreamIsCalled() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("here"))) {
            GatewayServlet servlet =
                    new GatewayServlet(gateway("one", Upstream.named("one").target(upstream.url())));
            try (WebApp app = app(servlet)) {
                get(app);
                for (int i = 0; i < 5; i++) {
                    servlet.replace(gateway(
                            "two", Upstream.named("two").target(upstream.url()).preserveHost()));
                    get(app);
                }
                assertThat(upstream.connectionsAccepted()).isLessThanOrEqualTo(IF_KEPT);
            }
        }
    }

    @Test
    void areClosedOnceNoGatewayUsesThem() {
        try (ScriptedUpstream first = ScriptedUpstream.answering(Answer.ok("first"));
                ScriptedUpstream second = ScriptedUpstream.answering(Answer.ok("second"))) {
            GatewayServlet servlet =
                    new GatewayServlet(gateway("one", Upstream.named("one").target(first.url())));
            try (WebApp app = app(servlet)) {
                get(app);
                first.awaitConnectionsOpen(1);
                servlet.replace(gateway("one", Upstream.named("one").target(second.url())));
                get(app);
                first.awaitConnectionsOpen(0);
                assertThat(second.connectionsOpen()).isEqualTo(1);
                // and are opened again if need be
                servlet.replace(gateway("one", Upstream.named("one").target(first.url())));
                get(app);
                assertThat(first.connectionsAccepted()).isEqualTo(2);
            }
        }
    }

    @Test
    void areOthersIfAnotherNumberOfThemIsAllowed() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("here"))) {
            GatewayServlet servlet =
                    new GatewayServlet(gateway("one", Upstream.named("one").target(upstream.url())));
            try (WebApp app = app(servlet)) {
                get(app);
                servlet.replace(gateway(
                        "one", Upstream.named("one").target(upstream.url()).maxConnections(7)));
                get(app);
                assertThat(upstream.connectionsAccepted()).isEqualTo(2);
                upstream.awaitConnectionsOpen(1);
            }
        }
    }

    @Test
    void areKeptIfTheNextGatewayCannotBeServed() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("here"))) {
            GatewayServlet servlet =
                    new GatewayServlet(gateway("one", Upstream.named("one").target(upstream.url())));
            try (WebApp app = app(servlet)) {
                get(app);
                Gateway broken = Gateway.builder()
                        .upstream(Upstream.named("one").target(upstream.url()))
                        .route(Route.named("app").path("/**").toHostApplication())
                        .build();
                for (int i = 0; i < 5; i++) {
                    assertThat(catchThrowable(() -> servlet.replace(broken))).isNotNull();
                    get(app);
                }
                assertThat(upstream.connectionsAccepted()).isLessThanOrEqualTo(IF_KEPT);
            }
        }
    }

    @Test
    void ofAnotherProtocolGoOnAndAreCountedOn() throws IOException, InterruptedException {
        try (WebSocketUpstream upstream = WebSocketUpstream.answering(ACCEPTED)) {
            GatewayServlet servlet =
                    new GatewayServlet(gateway("chat", Upstream.named("chat").target(upstream.url())));
            try (WebApp app = app(servlet);
                    RawClient client = RawClient.connect(app.port())) {
                client.send(handshake());
                assertThat(client.readResponseHead().status()).isEqualTo(101);
                WebSocketUpstream.Peer peer = upstream.next();
                for (int i = 0; i < 3; i++) {
                    servlet.replace(gateway(
                            "chat",
                            Upstream.named("chat").target(upstream.url()).maxConnections(10 + i)));
                    peer.write("down" + i);
                    client.awaitText("down" + i);
                    client.send("up" + i);
                    assertThat(peer.read(3)).isEqualTo("up" + i);
                }
                // the route has one place, which the gateway before has given
                assertThat(RawClient.exchange(app.port(), handshake()).status()).isEqualTo(503);
            }
        }
    }
}
