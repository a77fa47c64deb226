package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request over HTTP/1.1 whose client leaves while the upstream, which would never give up, holds its answer. */
class ClientLeavesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private GatewayServer server(ScriptedUpstream upstream, boolean tls, boolean oneLoop) throws IOException {
        Gateway gateway = Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all")
                        .path("/**")
                        .firstByteTimeout(NEVER)
                        .idleTimeout(NEVER)
                        .to("service"))
                .build();
        ServerBuilder server = GatewayServer.builder(gateway)
                .port(0)
                .oneLoop(oneLoop)
                .idleTimeout(NEVER)
                // the upstream holds on to what is still open in the end
                .stopTimeout(Duration.ofMillis(1));
        if (tls) {
            TestCertificate certificate = AUTHORITY.issue("localhost", "127.0.0.1");
            Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.certificatePem());
            Path key = Files.writeString(directory.resolve("key.pem"), certificate.privateKeyPem());
            server.tls(chain, key);
        }
        return server.start();
    }

    private static RawClient connect(GatewayServer server, boolean tls) {
        return tls
                ? RawClient.connectTls(server.port(), AUTHORITY.trusting(), "localhost", "http/1.1")
                : RawClient.connect(server.port());
    }

    private static ReceivedRequest received(ScriptedUpstream upstream, String path) {
        return upstream.awaitHeads(1, path).stream()
                .filter(request -> request.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "TLS: {0}, one loop: {1}")
    @CsvSource({"false,true", "false,false", "true,true", "true,false"})
    void aResetAbortsTheRequestToTheUpstream(boolean tls, boolean oneLoop) throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
                GatewayServer server = server(upstream, tls, oneLoop);
                RawClient client = connect(server, tls)) {
            client.send(RawRequest.get("/a"));
            ReceivedRequest held = received(upstream, "/a");
            client.reset();
            held.awaitAborted();
        }
    }

    @ParameterizedTest(name = "TLS: {0}, one loop: {1}")
    @CsvSource({"false,true", "false,false", "true,true", "true,false"})
    void theEndOfWhatItSendsAbortsNothing(boolean tls, boolean oneLoop) throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request ->
                        request.path().equals("/kept") ? Answer.ok("kept").after(release) : Answer.hold());
                GatewayServer server = server(upstream, tls, oneLoop);
                RawClient half = connect(server, tls);
                RawClient gone = connect(server, tls)) {
            half.send(RawRequest.get("/kept"));
            ReceivedRequest kept = received(upstream, "/kept");
            half.shutdownOutput();
            // once the reset of a later one has been seen, the server has looked at this one as well
            gone.send(RawRequest.get("/gone"));
            ReceivedRequest dropped = received(upstream, "/gone");
            gone.reset();
            dropped.awaitAborted();
            assertThat(kept.aborted()).isNull();
            release.countDown();
            assertThat(half.readResponse().bodyText()).isEqualTo("kept");
        }
    }
}
