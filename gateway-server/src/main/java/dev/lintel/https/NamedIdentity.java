package dev.lintel.https;

import dev.lintel.request.IpAddress;
import dev.lintel.tls.Identity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An identity with the names that its certificate is for (RFC 6125: alternative names alone). Immutable and thread-safe.
 *
 * @param alias how the JDK calls it
 * @param names DNS names, lower-case, possibly with {@code *} as their first label
 * @param addresses IP addresses
 */
record NamedIdentity(String alias, Identity identity, Set<String> names, Set<IpAddress> addresses) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    static NamedIdentity of(String alias, Identity identity) {
        Set<String> names = new HashSet<>();
        Set<IpAddress> addresses = new HashSet<>();
        for (List<?> name : alternativeNames(identity.chain().get(0))) {
            String text = String.valueOf(name.get(1)).toLowerCase(Locale.ROOT);
            if (Integer.valueOf(DNS_NAME).equals(name.get(0))) {
                names.add(text);
            } else if (Integer.valueOf(IP_ADDRESS).equals(name.get(0))) {
                IpAddress address = IpAddress.parse(text);
                if (address != null) {
                    addresses.add(address);
                }
            }
        }
        return new NamedIdentity(alias, identity, Set.copyOf(names), Set.copyOf(addresses));
    }

    /** Whether its key is of the type that a handshake asks for. */
    boolean isOfType(String keyType) {
        String own = identity.key().getAlgorithm();
        return own.equals(keyType) || own.equals("EdDSA") && keyType.startsWith("Ed");
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }
}
