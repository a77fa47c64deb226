package dev.lintel.server;

import dev.lintel.option.Problems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A key store in memory, made of two PEM files: a certificate chain, the server's first, and its private key. */
final class PemKeyStore {

    /** The password of the key in the store, which never leaves the memory. */
    static final String PASSWORD = "in-memory";

    private static final String CERTIFICATE_RULE = "a PEM file with the server's certificate and then its issuers";
    private static final String KEY_RULE = "a PEM file with an unencrypted PKCS#8 key (BEGIN PRIVATE KEY)";
    private static final String CONVERT = "; openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem converts it";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

    private PemKeyStore() {}

    /**
     * Reads the files.
     *
     * @param problems where it is noted what is wrong with them
     * @return the store, or null if there is a problem
     */
    static @Nullable KeyStore read(Path certificateFile, Path keyFile, Problems problems) {
        Certificate[] chain = chain(certificateFile, problems);
        PrivateKey key = key(keyFile, problems);
        if (chain == null || key == null) {
            return null;
        }
        try {
            if (!belongTogether(chain[0].getPublicKey(), key)) {
                problems.add("tls.key", keyFile, "the private key of the first certificate in " + certificateFile);
                return null;
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException | IOException unusable) {
            problems.add("tls.certificate", certificateFile, "a key and certificates that TLS can use");
            return null;
        }
    }

    private static Certificate @Nullable [] chain(Path file, Problems problems) {
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (!all.isEmpty()) {
                return all.toArray(new Certificate[0]);
            }
        } catch (IOException unreadable) {
            problems.add("tls.certificate", file, "a file that can be read");
            return null;
        } catch (GeneralSecurityException malformed) {
            // told below
        }
        problems.add("tls.certificate", file, CERTIFICATE_RULE);
        return null;
    }

    private static @Nullable PrivateKey key(Path file, Problems problems) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            problems.add("tls.key", file, "a file that can be read");
            return null;
        }
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            boolean other = text.contains("PRIVATE KEY-----");
            problems.add("tls.key", file, other ? KEY_RULE + CONVERT : KEY_RULE);
            return null;
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return decode(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException | GeneralSecurityException malformed) {
            problems.add("tls.key", file, KEY_RULE);
            return null;
        }
    }

    private static PrivateKey decode(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException another) {
                // the encoding names its algorithm, and each factory takes its own only
            }
        }
        throw new InvalidKeySpecException("no known algorithm");
    }

    private static boolean belongTogether(PublicKey certified, PrivateKey key) throws GeneralSecurityException {
        String family = certified.getAlgorithm();
        if (!key.getAlgorithm().equals(family)) {
            return false;
        }
        String algorithm = family.equals("RSA") ? "SHA256withRSA" : family.equals("EC") ? "SHA256withECDSA" : family;
        if (algorithm.equals("RSASSA-PSS")) {
            return true;
        }
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(probe);
        return signature.verify(signed);
    }
}
