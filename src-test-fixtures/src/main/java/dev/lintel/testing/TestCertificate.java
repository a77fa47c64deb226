package dev.lintel.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A certificate with its chain and its EC key, issued by a {@link TestAuthority}. Immutable; prints no key. */
public final class TestCertificate {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    TestCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /** A context for servers, or for clients that identify themselves, with the default trust. */
    public SSLContext context() {
        return context(null);
    }

    /** The same that trusts an authority and nobody else. */
    public SSLContext contextTrusting(TestAuthority authority) {
        return context(authority.trustManagers());
    }

    private SSLContext context(TrustManager @Nullable [] trust) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", key, new char[0], chain.toArray(new Certificate[0]));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate and then that of its authority, in PEM. */
    public String certificatePem() {
        return chain.stream().map(Certificates::pem).collect(Collectors.joining());
    }

    /** The private key in PEM, PKCS #8 without a password. */
    public String privateKeyPem() {
        return Certificates.pem("PRIVATE KEY", key.getEncoded());
    }

    @Override
    public String toString() {
        return "certificate of " + chain.get(0).getSubjectX500Principal();
    }
}
