package dev.lintel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TlsTest {

    private final TestAuthority authority = TestAuthority.create();

    private ScriptedUpstream upstream(TestCertificate certificate, Answer answer) {
        return ScriptedUpstream.builder().tls(certificate.context()).start(request -> answer);
    }

    private RawClient connect(ScriptedUpstream upstream) {
        return RawClient.connectTls(upstream.port(), authority.trusting(), "localhost");
    }

    @Test
    void speaksTlsWithACertificateThatAVerifyingClientAccepts() throws Exception {
        try (ScriptedUpstream upstream = upstream(authority.issue("localhost", "127.0.0.1"), Answer.ok("safe"))) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(authority.trusting())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(upstream.url() + "/x"))
                    .timeout(Duration.ofSeconds(10))
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("safe");
            assertThat(upstream.url()).startsWith("https://");
        }
    }

    @Test
    void negotiatesWhatTheClientOffers() {
        try (ScriptedUpstream upstream = upstream(authority.issue("localhost"), Answer.ok("safe"));
                RawClient client = connect(upstream)) {
            Socket socket = client.socket();

            assertThat(client.send(RawRequest.get("/")).readResponse().bodyText())
                    .isEqualTo("safe");
            assertThat(socket).isInstanceOf(SSLSocket.class);
        }
    }

    @Test
    void expiredAndForeignCertificatesAreNotTrusted() {
        Instant now = Instant.now();
        TestCertificate expired =
                authority.issue(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)), "localhost");
        TestCertificate foreign = TestAuthority.create().issue("localhost");

        for (TestCertificate certificate : new TestCertificate[] {expired, foreign}) {
            try (ScriptedUpstream upstream = upstream(certificate, Answer.ok(""))) {
                assertThatThrownBy(() -> connect(upstream))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void tellsCloseNotifyFromACutAndAReset() {
        for (PeerClose how : PeerClose.values()) {
            Answer answer = Answer.raw("HTTP/1.1 200 OK\r\n\r\nx").thenEnd(how);
            try (ScriptedUpstream upstream = upstream(authority.issue("localhost"), answer);
                    RawClient client = connect(upstream)) {
                RawResponse response = client.send(RawRequest.get("/")).readResponse();

                assertThat(response.closedBy()).isEqualTo(how);
                assertThat(response.complete()).isEqualTo(how == PeerClose.FIN);
            }
        }
    }

    @Test
    void abortsAreSeenThroughTls() {
        try (ScriptedUpstream upstream = upstream(authority.issue("localhost"), Answer.hold())) {
            RawClient closing = connect(upstream).send(RawRequest.get("/close"));
            upstream.awaitHeads(1);
            closing.close();
            assertThat(upstream.awaitAborted().aborted()).isEqualTo(PeerClose.FIN);

            RawClient resetting = connect(upstream).send(RawRequest.get("/reset"));
            ReceivedRequest second = upstream.awaitHeads(2).get(1);
            resetting.reset();
            assertThat(second.awaitAborted()).isEqualTo(PeerClose.RESET);
        }
    }

    @Test
    void waitingOverTlsDoesNotDisturbTheConnection() {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedUpstream upstream = upstream(
                        authority.issue("localhost"), Answer.ok("later").after(latch));
                RawClient client = connect(upstream)) {
            client.send(RawRequest.get("/"));
            assertThat(client.isClosedByPeer()).isFalse();
            assertThat(client.isClosedByPeer()).isFalse();
            latch.countDown();
            assertThat(client.readResponse().bodyText()).isEqualTo("later");
        }
    }

    @Test
    void closeEndsConnectionsThatAreStuck() {
        ScriptedUpstream upstream =
                upstream(authority.issue("localhost"), Answer.generated(GeneratedBody.of(100_000_000)));
        try (RawClient client = connect(upstream)) {
            client.send(RawRequest.get("/")).awaitBytes(100);

            upstream.close();

            assertThat(upstream.connectionsOpen()).isZero();
        }
    }

    @Test
    void certificatesPrintNoKey() {
        TestCertificate certificate = authority.issue("a.example");

        assertThat(certificate).hasToString("certificate of CN=a.example");
        assertThat(certificate.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(certificate.certificatePem()).containsSubsequence("BEGIN CERT", "END CERT", "BEGIN CERT");
        assertThat(certificate.certificatePem()).endsWith(authority.certificatePem());
    }
}
