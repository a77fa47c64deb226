package dev.lintel.tls;

import dev.lintel.option.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed, and nobody else's. Two are equal if they hold the same certificates. Revocation is not looked at.
 * Immutable and thread-safe.
 */
public final class Authorities {

    private static final String RULE = "a PEM file with the certificates of one or more authorities";

    private final List<X509Certificate> certificates;

    private Authorities(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Reads them from a file.
     *
     * @param file certificates in PEM, in any order
     * @param option what they are for, in messages
     * @param problems where it is noted what is wrong; never what is in the file
     * @return the authorities, or null if there is a problem
     */
    public static @Nullable Authorities read(Path file, String option, Problems problems) {
        List<X509Certificate> found = PemCertificates.read(file, option, RULE, problems);
        return found == null ? null : new Authorities(found);
    }

    /** Their certificates, at least one. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /**
     * What checks a peer's certificates (RFC 5280 section 6), without asking whether they were revoked.
     *
     * @throws GeneralSecurityException if the JVM cannot use them
     */
    public TrustManager[] trustManagers() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new GeneralSecurityException(impossible);
        }
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Authorities authorities
                && Set.copyOf(certificates).equals(Set.copyOf(authorities.certificates));
    }

    @Override
    public int hashCode() {
        return Set.copyOf(certificates).hashCode();
    }

    @Override
    public String toString() {
        return certificates.size() + " authorities";
    }
}
