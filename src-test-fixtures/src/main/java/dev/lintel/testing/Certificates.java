package dev.lintel.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** X.509 certificates (RFC 5280) with EC keys and ECDSA signatures, made by the JDK and a few bytes of DER. */
final class Certificates {

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.objectId(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.objectId(2, 5, 4, 3);
    private static final byte[] ALTERNATIVE_NAMES = Der.objectId(2, 5, 29, 17);
    private static final byte[] BASIC_CONSTRAINTS = Der.objectId(2, 5, 29, 19);
    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime() >>> 8);

    private Certificates() {}

    /**
     * Whom a certificate is for.
     *
     * @param alternativeNames DNS names and IPv4 addresses; empty for an authority
     */
    record Subject(String name, PublicKey key, List<String> alternativeNames) {}

    /** Who signs it. */
    record Issuer(String name, PrivateKey key) {}

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate sign(Subject subject, Issuer issuer, Instant notBefore, Instant notAfter) {
        byte[] content = Der.sequence(
                Der.tagged(0xa0, Der.integer(2)),
                Der.integer(SERIAL.incrementAndGet()),
                ECDSA_WITH_SHA256,
                name(issuer.name()),
                Der.sequence(Der.time(notBefore), Der.time(notAfter)),
                name(subject.name()),
                subject.key().getEncoded(),
                Der.tagged(0xa3, Der.sequence(extension(subject.alternativeNames()))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuer.key());
            signature.update(content);
            byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(commonName))));
    }

    private static byte[] extension(List<String> alternativeNames) {
        if (alternativeNames.isEmpty()) {
            return Der.sequence(BASIC_CONSTRAINTS, Der.yes(), Der.octets(Der.sequence(Der.yes())));
        }
        byte[][] names =
                alternativeNames.stream().map(Certificates::alternativeName).toArray(byte[][]::new);
        return Der.sequence(ALTERNATIVE_NAMES, Der.octets(Der.sequence(names)));
    }

    private static byte[] alternativeName(String name) {
        if (!Character.isDigit(name.charAt(0))) {
            return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
        }
        List<String> numbers = List.of(name.split("\\.", -1));
        byte[] address = new byte[numbers.size()];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) Integer.parseInt(numbers.get(i));
        }
        return Der.tagged(0x87, address);
    }

    static TrustManager[] trustManagers(X509Certificate authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return managers.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
