package dev.lintel.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A certificate authority made for one test. Immutable. */
public final class TestAuthority {

    private static final Duration VALID = Duration.ofDays(30);

    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    private TestAuthority(String name) {
        this.name = name;
        this.keys = Certificates.newKeys();
        Instant now = Instant.now();
        this.certificate = Certificates.sign(
                new Certificates.Subject(name, keys.getPublic(), List.of()),
                new Certificates.Issuer(name, keys.getPrivate()),
                now.minus(Duration.ofHours(1)),
                now.plus(VALID));
    }

    /** A new authority with a key of its own. */
    public static TestAuthority create() {
        return named("Lintel Test Authority");
    }

    /** The same with a name of its own. */
    public static TestAuthority named(String name) {
        return new TestAuthority(name);
    }

    /** A certificate for these host names or IPv4 addresses (at least one), valid from an hour ago for 30 days. */
    public TestCertificate issue(String... names) {
        Instant now = Instant.now();
        return issue(now.minus(Duration.ofHours(1)), now.plus(VALID), names);
    }

    /** A certificate for these host names or IPv4 addresses (at least one), valid in that time. */
    public TestCertificate issue(Instant notBefore, Instant notAfter, String... names) {
        KeyPair own = Certificates.newKeys();
        X509Certificate issued = Certificates.sign(
                new Certificates.Subject(names[0], own.getPublic(), List.of(names)),
                new Certificates.Issuer(name, keys.getPrivate()),
                notBefore,
                notAfter);
        return new TestCertificate(List.of(issued, certificate), own.getPrivate());
    }

    /**
     * A context for clients that trusts this authority. Whether the name of the server is checked is up to the client;
     * {@link RawClient} does not.
     */
    public SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    TrustManager[] trustManagers() {
        return Certificates.trustManagers(certificate);
    }

    /** The certificate of the authority in PEM. */
    public String certificatePem() {
        return Certificates.pem(certificate);
    }
}
