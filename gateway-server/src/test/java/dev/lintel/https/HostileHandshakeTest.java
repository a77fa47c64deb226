package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that ask for less than the server wants, or for more than it has. */
class HostileHandshakeTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    /** The beginning of a record that holds a ClientHello of which the rest never comes (RFC 8446 section 5.1). */
    private static final byte[] HALF = {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xfc, 3, 3};

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        TlsServer.write(directory, "server", AUTHORITY.issue("localhost"));
    }

    private TlsBuilder tls() {
        return TlsServer.certificate(TlsBuilder.create(), directory, "server");
    }

    private static SSLSocket socket(GatewayServer server, String version) throws IOException {
        SSLSocket socket = (SSLSocket) AUTHORITY.trusting().getSocketFactory().createSocket("127.0.0.1", server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @ParameterizedTest
    @CsvSource({
        "MODERN, TLSv1.3, true", "MODERN, TLSv1.2, false", "MODERN, TLSv1.1, false",
        "INTERMEDIATE, TLSv1.3, true", "INTERMEDIATE, TLSv1.2, true", "INTERMEDIATE, TLSv1.1, false",
    })
    void nothingBelowThePresetIsAgreedUpon(TlsPreset preset, String version, boolean agreed) throws IOException {
        for (boolean oneLoop : new boolean[] {true, false}) {
            try (GatewayServer server = TlsServer.builder(tls().preset(preset))
                            .oneLoop(oneLoop)
                            .start();
                    SSLSocket socket = socket(server, version)) {
                if (agreed) {
                    socket.startHandshake();
                    assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                } else {
                    assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256"
            })
    void suitesOutsideThePresetAreRefused(String suite) throws IOException {
        try (GatewayServer server = TlsServer.builder(tls()).start();
                SSLSocket socket = socket(server, "TLSv1.2")) {
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyNegotiatesAnew(boolean oneLoop) throws IOException {
        try (GatewayServer server = TlsServer.builder(tls()).oneLoop(oneLoop).start();
                SSLSocket socket = socket(server, "TLSv1.2")) {
            socket.startHandshake();
            byte[] head = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(head);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getOutputStream().write(head);
                        if (new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                                        .split("HTTP/1.1 200", -1)
                                        .length
                                < 2) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandshakeLargerThanAnyIsBrokenOffBeforeItHasCome(boolean oneLoop) {
        // a ClientHello of 16 MiB less one octet, in records of 16 KiB
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        byte[] header = {22, 3, 3, 0x40, 0};
        byte[] first = new byte[16 * 1024];
        first[0] = 1;
        first[1] = first[2] = first[3] = (byte) 0xff;
        records.writeBytes(header);
        records.writeBytes(first);
        try (GatewayServer server = TlsServer.builder(tls())
                        .oneLoop(oneLoop)
                        .headTimeout(Duration.ofMinutes(10))
                        .start();
                RawClient client = RawClient.connect(server.port())) {
            client.send(records.toByteArray());
            for (int i = 0; i < 8; i++) {
                client.send(header).send(new byte[16 * 1024]);
            }
            client.awaitClosed();
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasMessageContaining("send");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThousandThatHaveHalfBegunNeitherKeepOthersOutNorStay(boolean oneLoop) {
        List<RawClient> halves = new ArrayList<>();
        try (GatewayServer server = TlsServer.builder(tls())
                .oneLoop(oneLoop)
                .maxThreads(20)
                .headTimeout(Duration.ofSeconds(15))
                .start()) {
            for (int i = 0; i < 1000; i++) {
                halves.add(RawClient.connect(server.port()).send(HALF));
            }
            try (RawClient client = RawClient.connectTls(server.port(), AUTHORITY.trusting(), "localhost")) {
                assertThat(TlsServer.get(client, "localhost").status()).isEqualTo(200);
            }
            halves.forEach(half -> half.within(Duration.ofMinutes(1)).awaitClosed());
        } finally {
            halves.forEach(RawClient::close);
        }
    }

    @Test
    void noMoreThanThereMayBeConnectionsAreAccepted() {
        List<RawClient> halves = new ArrayList<>();
        try (GatewayServer server = TlsServer.builder(tls())
                .maxConnections(10)
                // in which the client has to get through, too
                .headTimeout(Duration.ofSeconds(5))
                .start()) {
            for (int i = 0; i < 15; i++) {
                halves.add(RawClient.connect(server.port()).send(HALF));
            }
            // waits in the backlog until those before have been closed
            try (RawClient client = RawClient.connectTls(server.port(), AUTHORITY.trusting(), "localhost")) {
                assertThat(TlsServer.get(client, "localhost").status()).isEqualTo(200);
            }
        } finally {
            halves.forEach(RawClient::close);
        }
    }
}
