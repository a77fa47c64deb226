package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.request.Authority;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.IpAddress;
import dev.lintel.request.TrustedProxies.ForwardedBy;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the upstream where a request came from: {@code X-Forwarded-*} and {@code Forwarded} (RFC 7239). What a client says of
 * itself is dropped; what a trusted proxy says is kept and extended. The gateway's own address is not told.
 */
public final class ForwardedHeaders {

    /** The fields that are never copied as they came. */
    public static final HeaderSelector FAMILY =
            HeaderSelector.of("Forwarded", "X-Forwarded-*", "X-Real-IP", "X-Forwarded");

    /** More entries than any real chain has. */
    private static final int MOST_HOPS = 32;

    private ForwardedHeaders() {}

    /**
     * Writes the fields from the connection and, if its peer is a trusted proxy, from what that says. Of {@code
     * X-Forwarded-For} and {@code Forwarded} only the one that the trusted proxies write is extended: the other may have
     * come through them from anybody. Proxies pass on what clients claim, too: a scheme, host or port counts only if it is
     * exactly one and valid, a chain only if its entries look like addresses, {@code Forwarded} only if it is well-formed to
     * its end. Anything else is as if it were not there.
     *
     * @param from the request as it was received
     * @param exchange its facts
     * @param to takes each field's name and value
     */
    public static void write(HttpServletRequest from, Exchange exchange, BiConsumer<String, String> to) {
        boolean trusted = exchange.client().viaTrustedProxy();
        boolean byForwarded = exchange.settings().trustedProxies().field() == ForwardedBy.FORWARDED;
        boolean trustedX = trusted && !byForwarded;
        String received = trusted && byForwarded ? lines(from, "Forwarded") : null;
        ForwardedField forwarded = received == null ? null : ForwardedField.parse(received);

        String chain = trustedX ? lines(from, "X-Forwarded-For") : null;
        boolean kept = chain != null && isChain(chain);
        to.accept("X-Forwarded-For", kept ? chain + ", " + node(exchange.peer()) : hops(exchange));
        String proto =
                schemeIn(trustedX ? lines(from, "X-Forwarded-Proto") : forwarded == null ? null : forwarded.proto());
        proto = proto == null ? exchange.scheme() : proto;
        to.accept("X-Forwarded-Proto", proto);
        Authority told =
                authorityIn(trustedX ? lines(from, "X-Forwarded-Host") : forwarded == null ? null : forwarded.host());
        String host = told == null ? authorityOf(exchange) : told.toString();
        if (host != null) {
            to.accept("X-Forwarded-Host", host);
        }
        String port = trustedX ? portIn(lines(from, "X-Forwarded-Port")) : null;
        to.accept("X-Forwarded-Port", port == null ? port(told == null ? exchange.authority() : told, proto) : port);
        to.accept("Forwarded", element(forwarded, told == null ? host : authorityOf(exchange), exchange));
    }

    /** The scheme, if a text is exactly one that is served here. */
    private static @Nullable String schemeIn(@Nullable String text) {
        return "https".equalsIgnoreCase(text) ? "https" : "http".equalsIgnoreCase(text) ? "http" : null;
    }

    private static @Nullable Authority authorityIn(@Nullable String text) {
        return text == null ? null : Authority.parse(text);
    }

    /** The port, if a text is exactly one: 1 to 65535, without leading zeros. */
    private static @Nullable String portIn(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 5 || text.charAt(0) == '0') {
            return null;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            port = port * 10 + digit;
        }
        return port > 65535 ? null : text;
    }

    /** Whether every entry looks like an address, with or without port, or a name for one; and there are not too many. */
    private static boolean isChain(String text) {
        int entries = 1;
        boolean empty = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                if (empty) {
                    return false;
                }
                entries++;
                empty = true;
            } else if (c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || ".:[]_-".indexOf(c) >= 0) {
                empty = false;
            } else if (c != ' ' && c != '\t') {
                return false;
            }
        }
        return !empty && entries <= MOST_HOPS;
    }

    /** The client, as far as it is known, and the peer. */
    private static String hops(Exchange exchange) {
        String peer = node(exchange.peer());
        return isBehindProxy(exchange) ? node(exchange.client().text()) + ", " + peer : peer;
    }

    private static boolean isBehindProxy(Exchange exchange) {
        return exchange.client().viaTrustedProxy() && !exchange.client().text().equals(unbracketed(exchange.peer()));
    }

    /** In one piece, since it is written for every request. */
    private static String element(@Nullable ForwardedField before, @Nullable String host, Exchange exchange) {
        String others = before != null
                ? before.text() + ", "
                : isBehindProxy(exchange)
                        ? "for=" + quoted(node(exchange.client().text())) + ", "
                        : "";
        String peer = node(exchange.peer());
        // RFC 7239 section 4: a token, else a quoted string; an authority has nothing that needs a backslash
        String quote = host == null || HeaderSyntax.isName(host) ? "" : "\"";
        return others + "for=" + quoted(peer) + (host == null ? "" : ";host=") + quote + (host == null ? "" : host)
                + quote + ";proto=" + exchange.scheme();
    }

    /** The host and port that a request is for, as text; null if they are not known. */
    static @Nullable String authorityOf(Exchange exchange) {
        Authority authority = exchange.authority();
        if (authority == null) {
            return null;
        }
        boolean plain = authority.port() < 0 || authority.port() == usualPort(exchange);
        return plain ? authority.host() : authority.host() + ":" + authority.port();
    }

    private static String port(@Nullable Authority authority, String scheme) {
        int named = authority == null ? -1 : authority.port();
        return named > 0 ? Integer.toString(named) : scheme.equals("https") ? "443" : "80";
    }

    private static int usualPort(Exchange exchange) {
        return exchange.scheme().equals("https") ? 443 : 80;
    }

    /** All lines of a field as one list; null for none, or if they are empty. */
    private static @Nullable String lines(HttpServletRequest from, String name) {
        Enumeration<String> values = from.getHeaders(name);
        String all = null;
        while (values.hasMoreElements()) {
            String value = values.nextElement().strip();
            if (!value.isEmpty()) {
                all = all == null ? value : all + ", " + value;
            }
        }
        return all;
    }

    /** RFC 7239 section 6: an IPv6 address in brackets and quotes; what is no address is not told. */
    private static String quoted(String node) {
        return node.indexOf(':') >= 0 ? "\"[" + node + "]\"" : node;
    }

    /** An address without brackets and zone; {@code unknown} if it is none, as a Unix socket's path. */
    private static String node(String peer) {
        String address = withoutZone(unbracketed(peer));
        return IpAddress.parse(address) == null ? "unknown" : address;
    }

    private static String unbracketed(String peer) {
        return peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
