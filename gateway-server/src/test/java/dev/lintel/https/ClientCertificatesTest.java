package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that identify themselves by certificates. */
class ClientCertificatesTest {

    private static final TestAuthority SERVERS = TestAuthority.named("servers");
    private static final TestAuthority PEOPLE = TestAuthority.named("people");
    private static final String ALICE = "CN=alice CN=people";

    @TempDir
    private Path directory;

    private Path people;

    @BeforeEach
    void write() throws IOException {
        TlsServer.write(directory, "server", SERVERS.issue("localhost"));
        people = Files.writeString(directory.resolve("people.pem"), PEOPLE.certificatePem());
    }

    private TlsBuilder tls() {
        return TlsServer.certificate(TlsBuilder.create(), directory, "server");
    }

    private static SSLContext as(TestCertificate certificate) {
        return certificate.contextTrusting(SERVERS);
    }

    private static @Nullable String known(GatewayServer server, SSLContext context) {
        try (RawClient client = RawClient.connectTls(server.port(), context, "localhost")) {
            return TlsServer.get(client, "localhost").header("X-Client");
        }
    }

    private static boolean isServed(GatewayServer server, SSLContext context) {
        try {
            return known(server, context) != null;
        } catch (UncheckedIOException | AssertionError refused) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requiredServesOnlyThoseOfTheAuthority(boolean oneLoop) {
        for (TlsPreset preset : TlsPreset.values()) {
            try (GatewayServer server = TlsServer.builder(tls().preset(preset).requiredClientCertificates(people))
                    .oneLoop(oneLoop)
                    .start()) {
                assertThat(known(server, as(PEOPLE.issue("alice")))).isEqualTo(ALICE);
                assertThat(isServed(server, SERVERS.trusting())).isFalse();
                assertThat(isServed(server, as(SERVERS.issue("alice")))).isFalse();
                Instant now = Instant.now();
                TestCertificate expired =
                        PEOPLE.issue(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)), "alice");
                assertThat(isServed(server, as(expired))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void optionalServesThoseWithoutButNobodyElses(boolean oneLoop) {
        try (GatewayServer server = TlsServer.builder(tls().optionalClientCertificates(people))
                .oneLoop(oneLoop)
                .start()) {
            assertThat(known(server, as(PEOPLE.issue("alice")))).isEqualTo(ALICE);
            assertThat(known(server, SERVERS.trusting())).isEqualTo("nobody");
        }
    }

    @Test
    void nobodyIsAskedUnlessThatIsSaid() {
        try (GatewayServer server = TlsServer.builder(tls()).start()) {
            assertThat(known(server, as(PEOPLE.issue("alice")))).isEqualTo("nobody");
        }
    }

    @Test
    void overHttp2AndResumedSessionsToo() {
        try (GatewayServer server = TlsServer.builder(tls().requiredClientCertificates(people))
                .http2()
                .start()) {
            SSLContext alice = as(PEOPLE.issue("alice"));
            for (int i = 0; i < 3; i++) {
                assertThat(known(server, alice)).isEqualTo(ALICE);
                try (FrameClient client = FrameClient.connectTls(server.port(), alice, "localhost")) {
                    client.send(Frame.headers(
                            1, true, ":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", "/"));
                    assertThat(client.await(1).fields()).contains("x-client: " + ALICE);
                }
            }
        }
    }

    @Test
    void fieldsThatClaimACertificateAreNoCertificateAndGoNowhere() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("ok"));
                GatewayServer server = GatewayServer.builder(Gateway.builder()
                                .upstream(Upstream.named("service").target(upstream.url()))
                                .route(Route.named("all").path("/**").to("service"))
                                .build())
                        .port(0)
                        .tls(tls().optionalClientCertificates(people))
                        .start();
                RawClient client = RawClient.connectTls(server.port(), SERVERS.trusting(), "localhost")) {
            RawResponse answer = TlsServer.get(
                    client, "localhost", "Client-Cert: :YQ==:", "client-cert-chain: :YQ==:", "ClientCert: :YQ==:");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(upstream.awaitRequest().headerLines())
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("cert"));
        }
        try (GatewayServer server = TlsServer.builder(tls().optionalClientCertificates(people))
                        .start();
                RawClient client = RawClient.connectTls(server.port(), SERVERS.trusting(), "localhost")) {
            assertThat(TlsServer.get(
                                    client,
                                    "localhost",
                                    "dev.lintel.clientCertificate: CN=alice",
                                    "Client-Cert: :YQ==:")
                            .header("X-Client"))
                    .isEqualTo("nobody");
        }
    }

    @Test
    void anotherAuthorityInTheFileEndsWhatTheOneBeforeVouchedForEvenInResumedSessions() throws IOException {
        try (GatewayServer server = TlsServer.builder(
                        tls().requiredClientCertificates(people).watchInterval(Duration.ZERO))
                .start()) {
            SSLContext alice = as(PEOPLE.issue("alice"));
            assertThat(isServed(server, alice)).isTrue();
            assertThat(isServed(server, alice)).isTrue();
            Files.writeString(people, TestAuthority.named("others").certificatePem());
            server.reload();
            assertThat(isServed(server, alice)).isFalse();
        }
    }
}
