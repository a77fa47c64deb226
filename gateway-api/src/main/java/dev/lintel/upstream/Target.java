package dev.lintel.upstream;

import dev.lintel.request.Authority;
import dev.lintel.request.RequestPath;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One instance of an upstream. Immutable and thread-safe.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a host name or address, lower-case, an IPv6 address in brackets
 * @param port the port, 1 to 65535
 * @param basePath put before the path of each request; empty, or an admissible path that does not end with {@code /}
 */
public record Target(String scheme, String host, int port, String basePath) {

    /** Checks every part. */
    public Target {
        boolean known = scheme.equals("http") || scheme.equals("https");
        RequestPath base = RequestPath.parse(basePath);
        boolean plain = base.violation() == null && !base.encodedSlash() && !(basePath + "x").endsWith("/x");
        if (!known || !host.equals(canonical(host)) || port < 1 || port > 65535 || !plain) {
            throw wrong(scheme + "://" + (host.indexOf('@') < 0 ? host : "URL with a user") + ":" + port + basePath);
        }
    }

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
        String host = uri.getHost() == null ? null : canonical(uri.getHost());
        if (host == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong(url.indexOf('@') < 0 ? url : "URL with a user");
        }
        int port = uri.getPort() < 0 ? scheme.equals("https") ? 443 : 80 : uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        try {
            return new Target(scheme, host, port, path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        } catch (IllegalArgumentException malformed) {
            throw wrong(url);
        }
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

    /** A host in its one spelling, the dot at the end of an absolute name kept; null if it is none. */
    private static @Nullable String canonical(String host) {
        Authority authority = Authority.parse(host);
        if (authority == null || authority.port() >= 0 || host.endsWith(":")) {
            return null;
        }
        return host.endsWith(".") ? authority.host() + "." : authority.host();
    }

    private static IllegalArgumentException wrong(String shown) {
        return new IllegalArgumentException(
                "target: " + shown + " (expected: http://host[:port][/base] or https://...)");
    }
}
