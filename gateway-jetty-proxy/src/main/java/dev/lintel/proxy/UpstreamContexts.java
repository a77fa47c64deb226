package dev.lintel.proxy;

import dev.lintel.tls.Identity;
import dev.lintel.upstream.UpstreamTls;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS to one upstream by its own options. Thread-safe. */
final class UpstreamContexts extends SslContextFactory.Client {

    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    private final @Nullable String serverName;

    private UpstreamContexts(UpstreamTls tls) {
        this.serverName = tls.serverName();
        setSslContext(context(tls));
        setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // the certificate's name is checked against the host of the engine
        setEndpointIdentificationAlgorithm(tls.verified() ? "HTTPS" : null);
    }

    /**
     * Makes it.
     *
     * @throws IllegalStateException if the JVM cannot use the key or the authorities
     */
    static UpstreamContexts start(UpstreamTls tls) {
        UpstreamContexts made = new UpstreamContexts(tls);
        try {
            made.start();
            return made;
        } catch (Exception failed) {
            throw new IllegalStateException("TLS to upstreams: not set up (expected: a JVM that has it)", failed);
        }
    }

    /** For the name that the certificate must be for, which is also the one that is asked for. */
    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return super.newSSLEngine(serverName == null ? host : serverName, port);
    }

    private static SSLContext context(UpstreamTls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] own = tls.identity() == null ? new KeyManager[0] : keyManagers(tls.identity());
            context.init(own, trustManagers(tls), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException unusable) {
            throw new IllegalStateException("TLS to upstreams: not set up (expected: a JVM that has it)", unusable);
        }
    }

    private static TrustManager @Nullable [] trustManagers(UpstreamTls tls) throws GeneralSecurityException {
        if (!tls.verified()) {
            return new TrustManager[] {new Anybody()};
        }
        return tls.authorities() == null ? null : tls.authorities().trustManagers();
    }

    private static KeyManager[] keyManagers(Identity identity) throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("gateway", identity.key(), IN_MEMORY, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }
}
