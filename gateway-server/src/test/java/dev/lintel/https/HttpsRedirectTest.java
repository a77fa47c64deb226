package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.server.GatewayServer;
import dev.lintel.server.ServerBuilder;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in clear text is sent to HTTPS, and browsers are told to come so at once. */
class HttpsRedirectTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        TlsServer.write(directory, "server", AUTHORITY.issue("a.example", "*.b.example", "127.0.0.1"));
    }

    private TlsBuilder tls() {
        return TlsServer.certificate(TlsBuilder.create(), directory, "server");
    }

    private ServerBuilder builder() {
        return GatewayServer.builder(Gateway.builder()
                        .route(Route.named("all").path("/**").answer(200, "text/plain", "secret"))
                        .route(Route.named("acme")
                                .path("/.well-known/acme-challenge/{token}")
                                .answer(200, "text/plain", "challenge"))
                        .build())
                .port(0)
                .tls(tls())
                .redirectPort(0, 443);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET / HTTP/1.1, a.example, 308, https://a.example/",
                "POST /a/b?c=d&e HTTP/1.1, A.Example:8080, 308, https://a.example/a/b?c=d&e",
                "DELETE /a%20b?x=%2F HTTP/1.1, x.b.example, 308, https://x.b.example/a%20b?x=%2F",
                "GET http://a.example/a HTTP/1.1, a.example, 308, https://a.example/a",
                "GET / HTTP/1.1, 127.0.0.1, 308, https://127.0.0.1/",
                "GET / HTTP/1.1, evil.example, 421, -",
                "GET / HTTP/1.1, x.y.b.example, 421, -",
                "GET / HTTP/1.1, a.example.evil.example, 421, -",
                "GET / HTTP/1.1, a.example@evil.example, 400, -",
                "GET http://evil.example/ HTTP/1.1, a.example, 400, -",
                "GET //evil.example/ HTTP/1.1, a.example, 400, -",
                "GET /a/..%2F HTTP/1.1, a.example, 400, -",
                "GET /.well-known/acme-challenge/token HTTP/1.1, a.example, 200, -",
                "GET /.well-known/acme-challenge/token HTTP/1.1, evil.example, 200, -",
                "GET /.well-known/acme-challenge/../../ HTTP/1.1, a.example, 400, -",
            })
    void toHostsOfACertificateAlone(String line, String host, int status, @Nullable String location) {
        for (boolean oneLoop : new boolean[] {true, false}) {
            try (GatewayServer server = builder().oneLoop(oneLoop).start()) {
                RawResponse answer = RawClient.exchange(
                        server.redirectPort(), RawRequest.raw(line, "Host: " + host, "Content-Length: 0"));
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.headers("Location")).isEqualTo(location == null ? List.of() : List.of(location));
                assertThat(answer.bodyText()).doesNotContain("secret");
            }
        }
    }

    @Test
    void neitherWithoutAHostNorWithTwo() {
        try (GatewayServer server = builder().start()) {
            for (String head : new String[] {
                "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a.example\r\nHost: evil.example\r\n\r\n"
            }) {
                RawResponse answer = RawClient.exchange(server.redirectPort(), head);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.headers("Location")).isEmpty();
            }
        }
    }

    @Test
    void toTheServersOwnPortUnlessAnotherIsKnownOutside() {
        try (GatewayServer server = builder().redirectPort(0).start()) {
            RawResponse answer =
                    RawClient.exchange(server.redirectPort(), RawRequest.raw("GET /a HTTP/1.1", "Host: a.example"));
            assertThat(answer.header("Location")).isEqualTo("https://a.example:" + server.port() + "/a");
        }
    }

    @Test
    void headsThatTakeTooLongAreClosedThereToo() {
        try (GatewayServer server =
                        builder().headTimeout(Duration.ofMillis(200)).start();
                RawClient slow = RawClient.connect(server.redirectPort())) {
            slow.send("GET / HTTP/1.1\r\nHost");
            slow.awaitClosed();
        }
    }

    @Test
    void aPortThatIsTakenOrWithoutTlsIsTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> builder()
                            .host("127.0.0.1")
                            .redirectPort(taken.getLocalPort())
                            .start())
                    .hasMessageContaining("redirectPort: " + taken.getLocalPort() + " (expected: a free port; in use)");
        }
        assertThatThrownBy(() -> GatewayServer.builder(TlsServer.gateway())
                        .port(0)
                        .redirectPort(0)
                        .start())
                .hasMessageContaining("redirectPort: without tls (expected: TLS to redirect to)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void browsersAreToldToComeSoOverTlsAlone(boolean oneLoop) {
        TlsBuilder tls =
                tls().hsts(Duration.ofDays(365)).hstsIncludeSubDomains().hstsPreload();
        try (GatewayServer server =
                        builder().tls(tls).oneLoop(oneLoop).redirectPort(0).start();
                RawClient client = RawClient.connectTls(server.port(), AUTHORITY.trusting(), "a.example")) {
            String expected = "max-age=31536000; includeSubDomains; preload";
            assertThat(TlsServer.get(client, "a.example").headers("Strict-Transport-Security"))
                    .containsExactly(expected);
            assertThat(TlsServer.get(client, "evil.example").headers("Strict-Transport-Security"))
                    .containsExactly(expected);
            RawResponse clear =
                    RawClient.exchange(server.redirectPort(), RawRequest.raw("GET /a HTTP/1.1", "Host: a.example"));
            assertThat(clear.headers("Strict-Transport-Security")).isEmpty();
        }
    }
}
