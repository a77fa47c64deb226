package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.TestAuthority;
import dev.lintel.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of TLS, to clients and to upstreams, from files. */
class TlsFileTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();
    private static final TestCertificate CALLER = AUTHORITY.issue("caller.example");

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), AUTHORITY.certificatePem());
        pair("shop", AUTHORITY.issue("localhost", "shop.example"));
        pair("api", AUTHORITY.issue("api.example"));
        pair("caller", CALLER);
    }

    private void pair(String name, TestCertificate certificate) throws IOException {
        Files.writeString(folder.resolve(name + ".pem"), certificate.certificatePem());
        Files.writeString(folder.resolve(name + ".key"), certificate.privateKeyPem());
    }

    private GatewayServer start(String name, String text) throws IOException {
        LoadedGateway loaded = GatewayFile.load(Files.writeString(folder.resolve(name), text));
        assertThat(loaded.report().findings()).as(loaded.report().text()).isEmpty();
        return loaded.server().start();
    }

    private static String protectedGateway(String more) {
        return """
                version: 1
                server:
                  port: 0
                  host: 127.0.0.1
                  adminPort: none
                  tls:
                    certificates: shop.pem
                    key: shop.key
                    further: [ { certificates: api.pem, key: api.key } ]
                %s
                routes:
                  - { id: all, match: { path: /** }, auth: none, answer: { status: 200, body: served } }
                """.formatted(more);
    }

    private static RawResponse get(GatewayServer server, SSLContext context, String host) {
        try (RawClient client = RawClient.connectTls(server.port(), context, host, "http/1.1")) {
            return client.send(RawRequest.get("/x").header("Host", host)).readResponse();
        }
    }

    private static String shown(RawClient client) throws SSLPeerUnverifiedException {
        X509Certificate certificate =
                (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
        try {
            return String.valueOf(certificate.getSubjectAlternativeNames());
        } catch (java.security.cert.CertificateParsingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void eachHostHasItsCertificateAndBrowsersAreToldToStay() throws IOException {
        String more = "    preset: modern\n    hsts: 365d\n    hstsIncludeSubDomains: true\n    hstsPreload: true\n"
                + "    sessionLifetime: 10m\n    watchInterval: 0\n  http2: true\n  redirectPort: 0\n  redirectPublicPort: 443";
        try (GatewayServer server = start("gateway.yaml", protectedGateway(more))) {
            for (String host : new String[] {"shop.example", "api.example"}) {
                try (RawClient client = RawClient.connectTls(server.port(), AUTHORITY.trusting(), host, "http/1.1")) {
                    assertThat(shown(client)).contains(host);
                    assertThat(((SSLSocket) client.socket()).getSession().getProtocol())
                            .isEqualTo("TLSv1.3");
                    assertThat(client.send(RawRequest.get("/").header("Host", host))
                                    .readResponse()
                                    .header("Strict-Transport-Security"))
                            .isEqualTo("max-age=31536000; includeSubDomains; preload");
                }
            }
            RawResponse sent = RawClient.exchange(
                    server.redirectPort(), RawRequest.get("/a?b").header("Host", "api.example"));
            assertThat(sent.status()).isEqualTo(308);
            assertThat(sent.header("Location")).isEqualTo("https://api.example/a?b");
        }
    }

    @Test
    void aGatewayIdentifiesItselfToAnotherByFilesAlone() throws IOException {
        String more = "    requiredClientCertificates: ca.pem\n    refuseUnknownNames: true";
        try (GatewayServer behind = start("behind.yaml", protectedGateway(more));
                GatewayServer front = start("front.yaml", """
                        version: 1
                        server: { port: 0, host: 127.0.0.1, adminPort: none }
                        upstreams:
                          behind:
                            targets: https://127.0.0.1:%d
                            host: api.example
                            tls:
                              authorities: ca.pem
                              serverName: api.example
                              clientCertificate: { certificates: caller.pem, key: caller.key }
                        routes:
                          - { id: all, match: { path: /** }, auth: none, upstream: behind }
                        """.formatted(behind.port()))) {
            assertThat(get(behind, CALLER.contextTrusting(AUTHORITY), "api.example")
                            .bodyText())
                    .isEqualTo("served");
            assertThat(RawClient.exchange(front.port(), RawRequest.get("/x")).bodyText())
                    .isEqualTo("served");
        }
    }

    @Test
    void anEncryptedKeyIsOpenedByThePasswordInItsFileAndAWrongOneIsToldOnceWhereItStands() throws IOException {
        Path keys = Path.of("..", "gateway-server", "src/test/resources/dev/lintel/tls");
        Files.copy(keys.resolve("rsa-certificate.pem"), folder.resolve("locked.pem"));
        Files.copy(keys.resolve("rsa-pbes2-aes256.pem"), folder.resolve("locked.key"));
        Path password = Files.writeString(folder.resolve("pass"), "correct horse\n");
        String further = "    further: [ { certificates: locked.pem, key: locked.key, keyPasswordFile: pass }, ";
        String text = protectedGateway("").replace("    further: [ ", further);
        start("gateway.yaml", text).close();

        Files.writeString(password, "hunter2");
        LoadedGateway loaded = GatewayFile.load(folder.resolve("gateway.yaml"));
        assertThat(loaded.report().errors()).singleElement().satisfies(error -> {
            assertThat(error.position().line()).isEqualTo(9);
            assertThat(error.sentence()).contains("password").doesNotContain("hunter2");
        });

        Files.delete(password);
        assertThat(GatewayFile.load(folder.resolve("gateway.yaml")).report().errors())
                .singleElement()
                .satisfies(error -> assertThat(error.position().toString())
                        .endsWith("gateway.yaml:9:" + (further.indexOf(": pass }") + 3)));
    }
}
