package dev.lintel.upstream;

import java.net.URI;
import java.util.Locale;

/**
 * One instance of an upstream. Immutable and thread-safe.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a host name or address, lower-case, an IPv6 address in brackets
 * @param port the port, 1 to 65535
 * @param basePath put before the path of each request; empty, or beginning with {@code /} and not ending with it
 */
public record Target(String scheme, String host, int port, String basePath) {

    /**
     * Reads a target from its URL.
     *
     * @param url {@code http://host[:port][/base]} or the same with {@code https}; no user, query or fragment
     * @return the target
     * @throws IllegalArgumentException if it is not such a URL
     */
    public static Target parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (java.net.URISyntaxException malformed) {
            throw wrong("malformed URL");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("http") || scheme.equals("https");
        boolean extra = uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null;
        if (!known || uri.getHost() == null || extra || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw wrong(uri.getRawUserInfo() != null ? "URL with a user" : url);
        }
        int port = uri.getPort() < 0 ? scheme.equals("https") ? 443 : 80 : uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (base.endsWith("/") || base.contains("//")) {
            throw wrong(url);
        }
        return new Target(scheme, uri.getHost().toLowerCase(Locale.ROOT), port, base);
    }

    /** The host, with the port unless it is the scheme's own. */
    public String authority() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return usual ? host : host + ":" + port;
    }

    /** The target's URL. */
    @Override
    public String toString() {
        return scheme + "://" + authority() + basePath;
    }

    private static IllegalArgumentException wrong(String shown) {
        return new IllegalArgumentException(
                "target: " + shown + " (expected: http://host[:port][/base] or https://...)");
    }
}
