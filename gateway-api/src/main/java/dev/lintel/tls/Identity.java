package dev.lintel.tls;

import dev.lintel.option.Problems;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key with the certificate for it and the certificates of its issuers. Two are equal if their certificates are. Immutable
 * and thread-safe; prints no key.
 */
public final class Identity {

    private static final String CHAIN_RULE = "a PEM file with the certificate and then its issuers";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private Identity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Reads one from files, and checks that the key belongs to the first certificate and that each certificate was issued by the next.
     * Whether they are valid today is told by {@link Validity}, not here.
     *
     * @param option what it is for; {@code .certificate} and {@code .key} are put behind it in messages
     * @param problems where it is noted what is wrong; never what is in the files
     * @return the identity, or null if there is a problem
     */
    public static @Nullable Identity read(KeyFiles files, String option, Problems problems) {
        List<X509Certificate> chain =
                PemCertificates.read(files.certificates(), option + ".certificate", CHAIN_RULE, problems);
        PrivateKey key = PemKey.read(files, option + ".key", problems);
        if (chain == null || key == null) {
            return null;
        }
        if (!belongTogether(chain.get(0).getPublicKey(), key)) {
            boolean another = chain.stream().anyMatch(issuer -> belongTogether(issuer.getPublicKey(), key));
            if (another) {
                problems.add(option + ".certificate", files.certificates(), "the certificate of the key first");
            } else {
                problems.add(
                        option + ".key",
                        files.key(),
                        "the private key of the first certificate in " + files.certificates());
            }
            return null;
        }
        return isOrdered(chain, files.certificates(), option, problems) ? new Identity(chain, key) : null;
    }

    /**
     * One from somewhere else.
     *
     * @param chain the certificate and then its issuers, at least one
     * @param key the private key of the first
     */
    public static Identity of(List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: empty (expected: at least one certificate)");
        }
        return new Identity(chain, key);
    }

    /** The certificate and then its issuers, at least one. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The private key. */
    public PrivateKey key() {
        return key;
    }

    private static boolean isOrdered(List<X509Certificate> chain, Path file, String option, Problems problems) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!isIssuedBy(chain.get(i), chain.get(i + 1))) {
                problems.add(
                        option + ".certificate",
                        file,
                        "each certificate followed by its issuer; number " + (i + 2) + " is not that of number "
                                + (i + 1));
                return false;
            }
        }
        return true;
    }

    private static boolean isIssuedBy(X509Certificate issued, X509Certificate issuer) {
        if (!issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            issued.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** Whether what one has signed the other verifies. */
    private static boolean belongTogether(PublicKey certified, PrivateKey key) {
        String family = certified.getAlgorithm();
        if (!key.getAlgorithm().equals(family)) {
            return false;
        }
        if (family.equals("RSASSA-PSS")) {
            // how it may sign is in its parameters; the modulus is the key
            return certified instanceof RSAKey known
                    && key instanceof RSAKey own
                    && known.getModulus().equals(own.getModulus());
        }
        String algorithm = family.equals("RSA") ? "SHA256withRSA" : family.equals("EC") ? "SHA256withECDSA" : family;
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException unusable) {
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity identity && chain.equals(identity.chain);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }

    @Override
    public String toString() {
        return "a key and " + chain.size() + " certificates";
    }
}
