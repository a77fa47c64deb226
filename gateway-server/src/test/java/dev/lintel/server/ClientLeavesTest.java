package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import dev.lintel.testing.Answer;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.ReceivedRequest;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request over HTTP/1.1 whose client leaves, or reads nothing, while the upstream would never give up. */
class ClientLeavesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private final Failures failures = new Failures();

    /** Keeps what exchanges failed of. */
    private static final class Failures implements Filter, NonWaiting {

        private final LinkedBlockingQueue<Optional<String>> ended = new LinkedBlockingQueue<>();

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Objects.requireNonNull(Exchange.of(request))
                    .onComplete(over -> ended.add(Optional.ofNullable(over.failure())));
            chain.doFilter(request, response);
        }
    }

    private GatewayServer server(ScriptedUpstream upstream, boolean tls, boolean oneLoop, Duration idle)
            throws IOException {
        Gateway gateway = Gateway.builder()
                .upstream(Upstream.named("service").target(upstream.url()))
                .route(Route.named("all")
                        .path("/**")
                        .filter(failures)
                        .firstByteTimeout(NEVER)
                        .idleTimeout(idle)
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
    void aResetAbortsTheRequestToTheUpstream(boolean tls, boolean oneLoop) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.hold());
                GatewayServer server = server(upstream, tls, oneLoop, NEVER);
                RawClient client = connect(server, tls)) {
            client.send(RawRequest.get("/a"));
            ReceivedRequest held = received(upstream, "/a");
            client.reset();
            held.awaitAborted();
            assertThat(failures.ended.poll(30, TimeUnit.SECONDS)).contains("client-gone");
        }
    }

    @ParameterizedTest(name = "TLS: {0}, one loop: {1}")
    @CsvSource({"false,true", "false,false", "true,true", "true,false"})
    void theEndOfWhatItSendsAbortsNothing(boolean tls, boolean oneLoop) throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(request ->
                        request.path().equals("/kept") ? Answer.ok("kept").after(release) : Answer.hold());
                GatewayServer server = server(upstream, tls, oneLoop, NEVER);
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

    @ParameterizedTest(name = "TLS: {0}, one loop: {1}")
    @CsvSource({"false,true", "false,false", "true,true", "true,false"})
    void anAnswerThatItDoesNotReadAbortsTheRequestToTheUpstream(boolean tls, boolean oneLoop) throws Exception {
        // more than all buffers in between hold
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.generated(GeneratedBody.of(256L << 20)));
                GatewayServer server = server(upstream, tls, oneLoop, Duration.ofSeconds(3));
                RawClient client = connect(server, tls)) {
            client.send(RawRequest.get("/a"));
            ReceivedRequest stuck = received(upstream, "/a");
            assertThat(failures.ended.poll(30, TimeUnit.SECONDS)).contains("client-stalled");
            stuck.awaitAborted();
        }
    }
}
