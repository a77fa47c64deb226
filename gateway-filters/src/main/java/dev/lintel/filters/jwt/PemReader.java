package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.JwtAlgorithm.Family;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads public keys from PEM text (RFC 7468): {@code PUBLIC KEY}, {@code RSA PUBLIC KEY} (PKCS#1) and
 * {@code CERTIFICATE}, of which only the key is used. A private key is refused: a verifier has no business with one.
 */
final class PemReader {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** {@code SEQUENCE { OID rsaEncryption, NULL }} (RFC 8017 appendix A.1). */
    private static final byte[] RSA_ENCRYPTION = {
        0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private final Set<JwtAlgorithm> algorithms;

    /** @param algorithms the configured ones; a key gets those of them that fit it */
    PemReader(Set<JwtAlgorithm> algorithms) {
        this.algorithms = algorithms;
    }

    static boolean looksLikePem(String text) {
        return text.contains(BEGIN);
    }

    /**
     * All keys of the text, in their order; at least one. None has an id, so each answers for every {@code kid}.
     *
     * @throws UnusableKey for the first block that is not an acceptable public key
     */
    List<VerificationKey> read(String pem) throws UnusableKey {
        List<VerificationKey> keys = new ArrayList<>();
        int at = 0;
        while ((at = pem.indexOf(BEGIN, at)) >= 0) {
            int labelEnd = pem.indexOf(DASHES, at + BEGIN.length());
            String label = labelEnd < 0 ? "" : pem.substring(at + BEGIN.length(), labelEnd);
            int end = labelEnd < 0 ? -1 : pem.indexOf("-----END " + label + DASHES, labelEnd);
            if (end < 0) {
                throw new UnusableKey("complete PEM block");
            }
            keys.add(key(label, base64(pem.substring(labelEnd + DASHES.length(), end))));
            at = end + DASHES.length();
        }
        if (keys.isEmpty()) {
            throw new UnusableKey("PEM block");
        }
        return keys;
    }

    private VerificationKey key(String label, byte[] der) throws UnusableKey {
        PublicKey key = switch (label) {
            case "PUBLIC KEY" -> subjectPublicKey(der);
            case "RSA PUBLIC KEY" -> subjectPublicKey(wrapped(der));
            case "CERTIFICATE" -> certified(der);
            default -> throw new UnusableKey("PEM block PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE");
        };
        if (key instanceof RSAPublicKey rsa) {
            return NimbusJwk.rsa(null, rsa, usable(Family.RSA));
        }
        if (key instanceof ECPublicKey ec) {
            return NimbusJwk.ec(null, ec, usable(Family.EC));
        }
        throw new UnusableKey("RSA or EC key");
    }

    private Set<JwtAlgorithm> usable(Family family) throws UnusableKey {
        EnumSet<JwtAlgorithm> usable = EnumSet.copyOf(JwtAlgorithm.of(family));
        usable.retainAll(algorithms);
        if (usable.isEmpty()) {
            throw new UnusableKey("key for one of the configured algorithms");
        }
        return usable;
    }

    private static PublicKey subjectPublicKey(byte[] der) throws UnusableKey {
        PublicKey rsa = decoded("RSA", der);
        PublicKey key = rsa == null ? decoded("EC", der) : rsa;
        if (key == null) {
            throw new UnusableKey("RSA or EC public key");
        }
        return key;
    }

    private static @Nullable PublicKey decoded(String type, byte[] der) {
        try {
            return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException otherType) {
            return null;
        }
    }

    private static PublicKey certified(byte[] der) throws UnusableKey {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (CertificateException e) {
            throw new UnusableKey("X.509 certificate");
        }
    }

    /** Wraps a PKCS#1 key as the SubjectPublicKeyInfo the JDK reads (RFC 5280 section 4.1). */
    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(pkcs1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA_ENCRYPTION);
        content.writeBytes(tagged(0x03, bits.toByteArray()));
        return tagged(0x30, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] base64(String body) throws UnusableKey {
        StringBuilder digits = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                digits.append(c);
            }
        }
        try {
            return Base64.getDecoder().decode(digits.toString());
        } catch (IllegalArgumentException e) {
            throw new UnusableKey("base64 in the PEM block");
        }
    }
}
