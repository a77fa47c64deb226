package dev.lintel.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host and port that a request is for (RFC 9110 section 7.2). Immutable and thread-safe.
 *
 * @param host the host in lower case, without a trailing dot; an IPv6 address in brackets
 * @param port the port, or -1 if none was named
 */
public record Authority(String host, int port) {

    /**
     * Parses {@code host[:port]}.
     *
     * @param text the value of a {@code Host} field
     * @return the authority, or null if the text is not one
     */
    public static @Nullable Authority parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon > text.lastIndexOf(']');
        String host = hasPort ? text.substring(0, colon) : text;
        int port = -1;
        if (hasPort && colon + 1 < text.length()) {
            port = port(text, colon + 1);
            if (port < 0) {
                return null;
            }
        }
        boolean rooted = host.endsWith(".") && !host.startsWith("[");
        String name = canonicalHost(rooted ? host.substring(0, host.length() - 1) : host);
        return name == null ? null : new Authority(name, port);
    }

    /**
     * The authority of a request: from exactly one {@code Host} field; HTTP/2 requests may have none, then from the
     * server name and port, which must agree where both are known.
     *
     * @param request any request
     * @return the authority, or null if it is missing, repeated, malformed or contradicted
     */
    public static @Nullable Authority of(HttpServletRequest request) {
        Enumeration<String> lines = request.getHeaders("Host");
        String server = String.valueOf(request.getServerName());
        if (!lines.hasMoreElements()) {
            Authority named = parse(server);
            boolean needsHost = request.getProtocol().startsWith("HTTP/1");
            return needsHost || named == null ? null : new Authority(named.host, request.getServerPort());
        }
        Authority host = parse(lines.nextElement());
        if (host == null || lines.hasMoreElements() || host.isContradicted(server) || host.isContradicted(request)) {
            return null;
        }
        return host;
    }

    private boolean isContradicted(String server) {
        // which is what containers tell of most requests, and in this spelling
        if (host.equals(server)) {
            return false;
        }
        Authority named = parse(server);
        return named != null && !host.equals(named.host);
    }

    /**
     * Whether the request's port, as a target in absolute form names it, is another one. The usual port of the scheme counts as
     * none: that is what containers tell when a balancer speaks for the client and names only the scheme.
     */
    private boolean isContradicted(HttpServletRequest request) {
        int known = request.getServerPort();
        int usual = request.isSecure() ? 443 : 80;
        return port >= 0 && known > 0 && known != usual && known != port;
    }

    /** The form for a {@code Host} field. */
    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }

    /**
     * The one spelling of a host name, an IPv4 address or a bracketed IPv6 address: lower-case, RFC 5952.
     *
     * @return null if the text is none of them, or a name with a dot at its end
     */
    static @Nullable String canonicalHost(String text) {
        if (text.startsWith("[")) {
            // a zone id means something on one machine only, and may be any text
            boolean literal = text.endsWith("]") && text.indexOf(':') > 0 && text.indexOf('%') < 0;
            IpAddress address = literal ? IpAddress.parse(text.substring(1, text.length() - 1)) : null;
            return address == null ? null : address.isV4() ? "[::ffff:" + address + "]" : "[" + address + "]";
        }
        // checked before it is folded: the Kelvin sign would become a k
        return isName(text) ? text.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || name.length() > 255 || name.endsWith(".")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ok = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!ok && (c != '.' || i == 0 || name.charAt(i - 1) == '.')) {
                return false;
            }
        }
        return true;
    }

    private static int port(String text, int from) {
        if (text.length() - from > 5) {
            return -1;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port <= 65535 ? port : -1;
    }
}
