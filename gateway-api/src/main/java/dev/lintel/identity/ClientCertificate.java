package dev.lintel.identity;

import jakarta.servlet.ServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the certificate of a client says, who has proved in the TLS handshake with the gateway to have its key, and whose certificate an
 * authority that the gateway trusts has issued. No caller: nobody is let in by it alone. Whether it was revoked is not known. Immutable
 * and thread-safe.
 *
 * @param subject whom it is for, as RFC 2253 writes names
 * @param issuer who has issued it, likewise
 * @param serialNumber the issuer's number for it, in lower-case hexadecimal digits
 * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal digits
 * @param alternativeNames further names (RFC 5280 section 4.2.1.6) in their order, such as {@code dns:a.example}, {@code
 *     uri:spiffe://a/b}, {@code email:a@b.example} or {@code ip:10.0.0.1}
 * @param validUntil its end
 */
public record ClientCertificate(
        String subject,
        String issuer,
        String serialNumber,
        String fingerprint,
        List<String> alternativeNames,
        Instant validUntil) {

    /**
     * The request attribute by which the server that has verified a certificate tells of it. Header fields never become attributes, so
     * that no client can.
     */
    public static final String ATTRIBUTE = "dev.lintel.clientCertificate";

    /** The request attribute that is there, and true, where the server asks clients for certificates. */
    public static final String ASKED = "dev.lintel.clientCertificate.asked";

    /** Copies the list. */
    public ClientCertificate {
        alternativeNames = List.copyOf(alternativeNames);
    }

    /** What a server has told of the client of a request; null if nothing. */
    public static @Nullable ClientCertificate in(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientCertificate known ? known : null;
    }

    /** What a certificate says; it must have been verified. */
    public static ClientCertificate of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new ClientCertificate(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getSerialNumber().toString(16),
                    HexFormat.of().formatHex(digest),
                    names(certificate),
                    certificate.getNotAfter().toInstant());
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> found = certificate.getSubjectAlternativeNames();
            for (List<?> name : found == null ? List.<List<?>>of() : found) {
                String kind = name.get(0) instanceof Integer number ? kind(number) : null;
                if (kind != null && name.get(1) instanceof String text) {
                    names.add(kind + ":" + text);
                }
            }
        } catch (CertificateParsingException malformed) {
            names.clear();
        }
        return names;
    }

    private static @Nullable String kind(int number) {
        return switch (number) {
            case 1 -> "email";
            case 2 -> "dns";
            case 6 -> "uri";
            case 7 -> "ip";
            default -> null;
        };
    }
}
