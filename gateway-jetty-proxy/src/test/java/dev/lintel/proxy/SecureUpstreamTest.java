package dev.lintel.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.Answer;
import dev.lintel.testing.Container;
import dev.lintel.testing.PeerClose;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Upstreams over TLS are who they say they are, or not asked. */
@Isolated("changes the trust of the whole JVM")
class SecureUpstreamTest {

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    private Path directory;

    private void trustAuthority() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = new java.io.ByteArrayInputStream(
                authority.certificatePem().getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = directory.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    }

    @AfterEach
    void trustAsBefore() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    private static ScriptedUpstream secure(TestAuthority issuer, String name) {
        return ScriptedUpstream.builder().tls(issuer.issue(name).context()).start(request -> Answer.ok("secret"));
    }

    @Test
    void asksUpstreamWithTrustedCertificate() throws Exception {
        trustAuthority();
        try (ScriptedUpstream upstream = secure(authority, "127.0.0.1");
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, upstream.url())) {
            assertThat(app.exchange(RawRequest.get("/a")).bodyText()).isEqualTo("secret");
        }
    }

    @Test
    void refusesUpstreamOfAnUnknownAuthority() {
        try (ScriptedUpstream upstream = secure(TestAuthority.create(), "127.0.0.1");
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, upstream.url())) {
            assertRefused(app.exchange(RawRequest.get("/a")), upstream);
        }
    }

    @Test
    void refusesUpstreamOfAnotherName() throws Exception {
        trustAuthority();
        try (ScriptedUpstream upstream = secure(authority, "other.example");
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, upstream.url())) {
            assertRefused(app.exchange(RawRequest.get("/a")), upstream);
        }
    }

    @Test
    void noticesAnswersCutShortOverTls() throws Exception {
        trustAuthority();
        try (ScriptedUpstream upstream = ScriptedUpstream.builder()
                        .tls(authority.issue("127.0.0.1").context())
                        .start(request -> Answer.truncated(10, "part", PeerClose.TLS_CUT));
                ProxyApp app = ProxyApp.in(Container.JETTY_EE10, upstream.url())) {
            RawResponse response = app.exchange(RawRequest.get("/a"));
            assertThat(response.status() == 502 || !response.complete()).isTrue();
        }
    }

    private static void assertRefused(RawResponse response, ScriptedUpstream upstream) {
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.bodyText()).contains("\"rule\":\"upstream-tls\"");
        assertThat(upstream.requests()).isEmpty();
    }
}
