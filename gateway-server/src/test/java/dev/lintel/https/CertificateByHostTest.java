package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.FrameClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client is shown the certificate for the name that it asks for. */
class CertificateByHostTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        TlsServer.write(directory, "first", AUTHORITY.issue("first.example", "127.0.0.1"));
        TlsServer.write(directory, "wild", AUTHORITY.issue("*.wild.example"));
        TlsServer.write(directory, "exact", AUTHORITY.issue("exact.wild.example", "also.example"));
    }

    /** Of a client that remembers nothing: the JDK's own asks again for the name that it knows of the port, whatever it is told. */
    private static SSLContext trust() {
        return AUTHORITY.trusting();
    }

    private TlsBuilder tls() {
        TlsBuilder tls = TlsBuilder.create();
        Stream.of("first", "wild", "exact").forEach(name -> TlsServer.certificate(tls, directory, name));
        return tls;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exactBeforeWildcardBeforeTheFirst(boolean oneLoop) {
        try (GatewayServer server =
                TlsServer.builder(tls()).oneLoop(oneLoop).http2().start()) {
            for (String[] row : new String[][] {
                {"first.example", "CN=first.example"},
                {"FIRST.Example", "CN=first.example"},
                {"a.wild.example", "CN=*.wild.example"},
                {"exact.wild.example", "CN=exact.wild.example"},
                {"also.example", "CN=exact.wild.example"},
                {"a.b.wild.example", "CN=first.example"},
                {"wild.example", "CN=first.example"},
                {"unknown.example", "CN=first.example"},
                {null, "CN=first.example"},
            }) {
                assertThat(TlsServer.name(server.port(), trust(), row[0]))
                        .as(row[0])
                        .isEqualTo(row[1]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unknownNamesAreRefusedIfThatIsSaid(boolean oneLoop) {
        try (GatewayServer server =
                TlsServer.builder(tls().refuseUnknownNames()).oneLoop(oneLoop).start()) {
            for (String name : new @Nullable String[] {"unknown.example", "a.b.wild.example", null}) {
                assertThatThrownBy(() -> TlsServer.name(server.port(), trust(), name))
                        .as(name)
                        .isInstanceOf(UncheckedIOException.class);
            }
            assertThat(TlsServer.name(server.port(), trust(), "a.wild.example")).isEqualTo("CN=*.wild.example");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a.wild.example, a.wild.example, 200",
                "a.wild.example, b.wild.example, 200",
                "a.wild.example, exact.wild.example, 200",
                "a.wild.example, first.example, 421",
                "exact.wild.example, a.wild.example, 421",
                "exact.wild.example, also.example, 200",
                "unknown.example, unknown.example, 421",
                "unknown.example, first.example, 200",
                "-, first.example, 200",
                "-, 127.0.0.1, 200",
                "-, a.wild.example, 421",
            })
    void theHostOfARequestMustBeOneThatTheShownCertificateIsFor(@Nullable String asked, String host, int status) {
        for (boolean oneLoop : new boolean[] {true, false}) {
            try (GatewayServer server =
                            TlsServer.builder(tls()).oneLoop(oneLoop).start();
                    RawClient client = RawClient.connectTls(server.port(), trust(), asked)) {
                assertThat(TlsServer.get(client, host).status()).isEqualTo(status);
            }
        }
    }

    @Test
    void thatHoldsForEachStreamOfHttp2() {
        try (GatewayServer server = TlsServer.builder(tls()).http2().start();
                FrameClient client = FrameClient.connectTls(server.port(), trust(), "a.wild.example")) {
            client.send(get(1, "a.wild.example"));
            assertThat(client.await(1).status()).isEqualTo(200);
            client.send(get(3, "first.example"));
            assertThat(client.await(3).status()).isEqualTo(421);
            client.send(get(5, "b.wild.example"));
            assertThat(client.await(5).status()).isEqualTo(200);
        }
    }

    private static Frame get(int stream, String host) {
        return Frame.headers(stream, true, ":method", "GET", ":scheme", "https", ":authority", host, ":path", "/");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        TlsBuilder tls = TlsBuilder.create()
                .certificate(directory.resolve("first.pem"), directory.resolve("wild.key"))
                .certificate(directory, directory.resolve("none.key"))
                .sessionLifetime(java.time.Duration.ZERO);
        assertThatThrownBy(() -> TlsServer.builder(tls).start())
                .hasMessageContaining("tls.sessionLifetime: PT0S (expected: a duration from 1s to 1d)");
        TlsBuilder files = TlsBuilder.create()
                .certificate(directory.resolve("first.pem"), directory.resolve("wild.key"))
                .certificate(directory, directory.resolve("none.key"))
                .requiredClientCertificates(directory.resolve("none.pem"));
        assertThatThrownBy(() -> TlsServer.builder(files).start())
                .hasMessageContaining("the private key of the first certificate in " + directory.resolve("first.pem"))
                .hasMessageContaining(directory + " (expected: a file that can be read; this is a directory)")
                .hasMessageContaining("tls.key: " + directory.resolve("none.key"))
                .hasMessageContaining("tls.clientAuthorities: " + directory.resolve("none.pem"));
        assertThatThrownBy(() ->
                        TlsServer.builder(TlsBuilder.create().hstsPreload()).start())
                .hasMessageContaining("tls.certificate: none (expected: at least one certificate)")
                .hasMessageContaining("tls.hsts: not given (expected: how long, by hsts)")
                .hasMessageContaining("tls.hstsPreload");
    }
}
