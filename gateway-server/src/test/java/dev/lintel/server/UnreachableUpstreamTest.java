package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.BlackHole;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.upstream.Upstream;
import dev.lintel.upstream.UpstreamTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams of HTTP/1.1 that no connection comes up to, whoever watches the connections. */
class UnreachableUpstreamTest {

    /** For those that are not to be waited for, on a machine that stalls as well. */
    private static final Duration LONG = Duration.ofSeconds(10);

    private static GatewayServer server(Upstream.Builder upstream, Duration connectTimeout, boolean oneLoop) {
        return GatewayServer.builder(Gateway.builder()
                        .upstream(upstream)
                        .route(Route.named("all")
                                .path("/**")
                                .connectTimeout(connectTimeout)
                                .to("service"))
                        .build())
                .port(0)
                .withoutAdminPort()
                .oneLoop(oneLoop)
                .start();
    }

    private static Upstream.Builder to(String... targets) {
        Upstream.Builder upstream = Upstream.named("service");
        for (String target : targets) {
            upstream.target(target);
        }
        return upstream;
    }

    private static void assertAnswered(Upstream.Builder upstream, boolean oneLoop, int status, String rule) {
        try (GatewayServer server = server(upstream, LONG, oneLoop)) {
            assertAnswered(server, status, rule);
        }
    }

    /** Twice on one connection, which goes on. */
    private static void assertAnswered(GatewayServer server, int status, String rule) {
        try (RawClient client = RawClient.connect(server.port())) {
            for (int i = 0; i < 2; i++) {
                RawResponse response = client.send(RawRequest.get("/a")).readResponse();
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(response.bodyText()).contains("\"rule\":\"" + rule + "\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatDoesNotAnswerInTime(boolean oneLoop) {
        try (BlackHole hole = BlackHole.dropping();
                GatewayServer server = server(to(hole.url()), Duration.ofMillis(300), oneLoop)) {
            assertAnswered(server, 504, "upstream-timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoseNameNobodyKnows(boolean oneLoop) {
        assertAnswered(to("http://nowhere.invalid:80"), oneLoop, 502, "upstream-unresolved");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatRefuses(boolean oneLoop) {
        try (DeadPort dead = DeadPort.refusing()) {
            assertAnswered(to(dead.url()), oneLoop, 502, "upstream-refused");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatRefusesWhereAnotherTargetDoesNot(boolean oneLoop) {
        try (DeadPort dead = DeadPort.refusing();
                ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("fine"));
                GatewayServer server = server(to(dead.url(), upstream.url()), LONG, oneLoop);
                RawClient client = RawClient.connect(server.port())) {
            for (int i = 0; i < 4; i++) {
                RawResponse response =
                        client.send(RawRequest.post("/a").body("kept")).readResponse();
                assertThat(response.bodyText()).isEqualTo("fine");
            }
            assertThat(upstream.awaitRequests(4))
                    .allSatisfy(received -> assertThat(received.bodyText()).isEqualTo("kept"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoseCertificateIsOfNobodyTrusted(boolean oneLoop, @TempDir Path directory) throws IOException {
        Path theirs = Files.writeString(
                directory.resolve("theirs.pem"), TestAuthority.named("theirs").certificatePem());
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                .tls(TestAuthority.named("ours").issue("127.0.0.1").context())
                .start(request -> Answer.ok("secret"))) {
            Upstream.Builder untrusted =
                    to(upstream.url()).tls(UpstreamTls.builder().authorities(theirs));
            assertAnswered(untrusted, oneLoop, 502, "upstream-tls");
            assertThat(upstream.requests()).isEmpty();
        }
    }
}
