package dev.lintel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.upstream.Upstream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections to upstreams expire, with a time that is shorter than usual and everything else as ever. */
class IdleConnectionsTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    private final LoopAccess access = new LoopAccess(null);
    private final ScriptedUpstream upstream = ScriptedUpstream.start(request -> Answer.ok(request.target()));
    private GatewayServer server;

    @BeforeEach
    void start() {
        server = GatewayServer.builder(Gateway.builder()
                        .filter(access)
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .withoutAdminPort()
                .oneLoop(true)
                // so few that there is one loop, and nobody opens connections beside those needed
                .maxThreads(31)
                .start();
        assertThat(access.toUpstreams().getIdleTimeout()).isEqualTo(Duration.ofSeconds(60));
        access.toUpstreams().setIdleTimeout(SHORT);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void thoseWithoutARequestAreClosed() {
        try (RawClient client = RawClient.connect(server.port())) {
            expire(client, "/a", 0);
            // and another is made for the next
            expire(client, "/b", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npa"})
    void thoseWithARequestAreNotHoweverLongItsAnswerTakes(String begun) {
        LiveAnswer live = LiveAnswer.raw(begun);
        try (RawClient waiting = RawClient.connect(server.port());
                RawClient other = RawClient.connect(server.port())) {
            upstream.answerWith(request -> live);
            waiting.send(RawRequest.get("/waiting"));
            live.awaitStarted();
            upstream.answerWith(request -> Answer.ok(request.target()));
            // each begins after the one that waits, and has been idle for as long as it may be
            expire(other, "/a", 1);
            expire(other, "/b", 1);
            live.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npatience".substring(begun.length()));
            live.end();

            RawResponse response = waiting.readResponse();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.bodyText()).isEqualTo("patience");
        }
        assertThat(upstream.requests()).extracting(ReceivedRequest::path).containsExactly("/waiting", "/a", "/b");
    }

    /** Has a connection made, and waits until it has gone. */
    private void expire(RawClient client, String path, int left) {
        assertThat(client.send(RawRequest.get(path)).readResponse().bodyText()).isEqualTo(path);
        upstream.awaitConnectionsOpen(left);
    }
}
