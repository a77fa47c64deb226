package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.Answer;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS from PEM files. */
class HttpsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;
    private GatewayServer server;

    @BeforeEach
    void start() throws IOException {
        upstream = ScriptedUpstream.answering(Answer.ok("ok"));
        server = builder().start();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void answersOverTlsAndSaysSoToTheUpstream() {
        assertThat(server.uri()).hasToString("https://localhost:" + server.port());
        try (RawClient client = connect("localhost", "http/1.1")) {
            client.send(RawRequest.raw("GET /a HTTP/1.1", "Host: localhost"));
            assertThat(client.readResponse().bodyText()).isEqualTo("ok");
            client.send(RawRequest.raw("GET https://localhost/b HTTP/1.1", "Host: localhost"));
            assertThat(client.readResponse().bodyText()).isEqualTo("ok");
        }
        assertThat(upstream.awaitRequests(2).get(1).headerLines())
                .contains("X-Forwarded-Proto: https", "X-Forwarded-Port: 443");
    }

    @Test
    void endsTlsProperly() {
        try (RawClient client = connect("localhost")) {
            client.send(RawRequest.raw("GET /a HTTP/1.1", "Host: localhost", "Connection: close"));
            RawResponse answer = client.readResponse();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(client.awaitClosed()).isEqualTo(PeerClose.FIN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET http://localhost/a HTTP/1.1", "GET ftp://localhost/a HTTP/1.1"})
    void refusesAnotherSchemeInTheTarget(String line) {
        try (RawClient client = connect("localhost")) {
            client.send(RawRequest.raw(line, "Host: localhost"));
            assertThat(client.readResponse().status()).isEqualTo(421);
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void refusesHostThatTheCertificateIsNotFor() {
        try (RawClient client = connect("localhost")) {
            client.send(RawRequest.raw("GET /a HTTP/1.1", "Host: other.example"));
            RawResponse answer = client.readResponse();
            assertThat(answer.status()).isEqualTo(421);
            assertThat(answer.bodyText()).contains("\"rule\":\"misdirected-request\"");
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void takesAnyHostIfToldTo() throws IOException {
        try (GatewayServer lenient = builder().sniCheck(false).start();
                RawClient client = RawClient.connectTls(lenient.port(), AUTHORITY.trusting(), "localhost")) {
            client.send(RawRequest.raw("GET /a HTTP/1.1", "Host: other.example"));
            assertThat(client.readResponse().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksCurrentTls(String protocol) throws IOException {
        try (SSLSocket socket = socket(protocol)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void refusesOldTls(String protocol) throws IOException {
        try (SSLSocket socket = socket(protocol)) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotSpeakPlainHttp() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/a"));
            assertThat(new String(client.readUntilClosed(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotStartWith("HTTP/");
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void closesConnectionWhoseHandshakeStalls() throws IOException {
        try (GatewayServer hasty = builder().headTimeout(Duration.ofMillis(500)).start();
                RawClient client = RawClient.connect(hasty.port())) {
            for (int i = 0; i < 1000 && !client.isClosedByPeer(); i++) {
                // a record of 16 KiB that comes by the byte
                client.send(i == 0 ? "\26\3\1\100\0\1\0\77\374\3\3" : "a");
            }
            client.awaitClosed();
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasMessageContaining("send");
        }
    }

    private RawClient connect(String name, String... protocols) {
        return RawClient.connectTls(server.port(), AUTHORITY.trusting(), name, protocols);
    }

    private SSLSocket socket(String protocol) throws IOException {
        SSLContext context = AUTHORITY.trusting();
        SSLSocketFactory factory = context.getSocketFactory();
        SSLSocket socket = (SSLSocket) factory.createSocket("127.0.0.1", server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private ServerBuilder builder() throws IOException {
        TestCertificate certificate = AUTHORITY.issue("localhost", "127.0.0.1");
        Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.certificatePem());
        Path key = Files.writeString(directory.resolve("key.pem"), certificate.privateKeyPem());
        return GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service").target(upstream.url()))
                        .route(Route.named("all").path("/**").to("service"))
                        .build())
                .port(0)
                .tls(chain, key);
    }
}
