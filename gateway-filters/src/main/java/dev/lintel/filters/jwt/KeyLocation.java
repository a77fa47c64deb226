package dev.lintel.filters.jwt;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses keys may be fetched from. Whoever can change the keys on their way can sign tokens, so plain HTTP is
 * accepted from this machine alone, unless an option says otherwise.
 */
final class KeyLocation {

    static final String RULE = "an absolute https URL (http for loopback, or with allowInsecureJwksUri)";

    private KeyLocation() {}

    /** The address; null if keys may not be fetched from it. */
    static @Nullable URI parse(String text, boolean insecureAllowed) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return null;
        }
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        return secure || (plain && (insecureAllowed || isLoopback(uri.getHost()))) ? uri : null;
    }

    /** Where an issuer describes itself (OpenID Connect Discovery 1.0 section 4). */
    static String discoveryOf(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return base + "/.well-known/openid-configuration";
    }

    /** Scheme, host, port and path: a query may hold what is not for logs. */
    static String forLogs(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** By the literal alone; a name that merely resolves to this machine can be made to resolve elsewhere. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || isLoopbackIpv4(host);
    }

    private static boolean isLoopbackIpv4(String host) {
        if (!host.startsWith("127.")) {
            return false;
        }
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }
}
