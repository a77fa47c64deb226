package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.testing.GeneratedBody;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestAuthority;
import dev.lintel.upstream.Upstream;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 to an upstream over TLS, agreed upon by ALPN, with a certificate that the JVM's trust store knows. */
class SecureHttp2UpstreamTest {

    private static final String STORE = "javax.net.ssl.trustStore";

    private final TestAuthority authority = TestAuthority.create();
    private final Http2Service service =
            Http2Service.start(authority.issue("127.0.0.1").context());
    private GatewayServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        byte[] pem = authority.certificatePem().getBytes(StandardCharsets.US_ASCII);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty(STORE, file.toString());
        System.setProperty(STORE + "Password", "changeit");
        server = GatewayServer.builder(Gateway.builder()
                        .upstream(Upstream.named("service")
                                .target(service.url("https"))
                                .protocol(Upstream.Protocol.H2))
                        .route(Route.named("all")
                                .path("/**")
                                .connectTimeout(Duration.ofSeconds(20))
                                .to("service"))
                        .build())
                .port(0)
                .start();
    }

    @AfterEach
    void stop() {
        System.clearProperty(STORE);
        System.clearProperty(STORE + "Password");
        server.close();
        service.close();
    }

    @Test
    void isAgreedUponAndCarriesRequestAndAnswer() {
        for (int i = 0; i < 3; i++) {
            RawResponse answer = RawClient.exchange(
                    server.port(), RawRequest.post("/a/b?c=%2F").body("body"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Protocol")).isEqualTo("HTTP/2.0");
            assertThat(answer.header("X-Authority")).isEqualTo("127.0.0.1:" + service.port());
            assertThat(answer.header("X-Target")).isEqualTo("/a/b?c=%2F");
            assertThat(answer.header("X-Length")).isEqualTo("4");
        }
        assertThat(service.connections()).isBetween(1, 2);
    }

    @Test
    void carriesBodiesBothWaysPieceByPiece() {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send("POST /echo HTTP/1.1\r\nHost: x.test\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 10; i < 60; i++) {
                // the answer to a piece is awaited before the next is sent
                client.send("8\r\npiece " + i + "\r\n");
                client.awaitText("piece " + i);
            }
            RawResponse answer = client.send("0\r\n\r\n").readResponse();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.complete()).isTrue();
            assertThat(answer.bodyText()).startsWith("piece 10piece 11").endsWith("piece 59");
        }
    }

    @Test
    void carriesLargeBodiesBothWaysWhole() throws Exception {
        GeneratedBody body = GeneratedBody.of(8 << 20);
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.post("/echo").header("Content-Length", Long.toString(body.length())));
            CompletableFuture<Void> sent = client.sendInBackground(body);
            RawResponse answer = client.readResponse();
            sent.get();
            assertThat(answer.complete()).isTrue();
            assertThat(answer.bodyLength()).isEqualTo(body.length());
            assertThat(answer.bodySha256()).isEqualTo(body.sha256());
        }
    }
}
