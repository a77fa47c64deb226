package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.request.Authority;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
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

    private ForwardedHeaders() {}

    /**
     * Writes the fields from the connection and, if its peer is a trusted proxy, from what that says. Of {@code
     * X-Forwarded-For} and {@code Forwarded} only the one that the trusted proxies write is extended: the other may have
     * come through them from anybody.
     *
     * @param from the request as it was received
     * @param exchange its facts
     * @param to takes each field's name and value
     */
    public static void write(HttpServletRequest from, Exchange exchange, BiConsumer<String, String> to) {
        boolean trusted = exchange.client().viaTrustedProxy();
        boolean byForwarded = exchange.settings().trustedProxies().field() == ForwardedBy.FORWARDED;
        boolean trustedX = trusted && !byForwarded;
        String forwarded = trusted && byForwarded ? lines(from, "Forwarded") : null;

        String chain = trustedX ? lines(from, "X-Forwarded-For") : null;
        to.accept("X-Forwarded-For", chain == null ? hops(exchange) : chain + ", " + peer(exchange));
        String proto = trustedX ? lines(from, "X-Forwarded-Proto") : parameter(forwarded, "proto=");
        to.accept("X-Forwarded-Proto", proto == null ? exchange.scheme() : proto);
        String host = trustedX ? lines(from, "X-Forwarded-Host") : parameter(forwarded, "host=");
        host = host == null ? authorityOf(exchange) : host;
        if (host != null) {
            to.accept("X-Forwarded-Host", host);
        }
        String port = trustedX ? lines(from, "X-Forwarded-Port") : null;
        to.accept("X-Forwarded-Port", port == null ? port(exchange) : port);
        to.accept("Forwarded", element(forwarded, exchange));
    }

    /** The client, as far as it is known, and the peer. */
    private static String hops(Exchange exchange) {
        String peer = peer(exchange);
        return isBehindProxy(exchange) ? exchange.client().text() + ", " + peer : peer;
    }

    private static boolean isBehindProxy(Exchange exchange) {
        return exchange.client().viaTrustedProxy() && !exchange.client().text().equals(peer(exchange));
    }

    private static String element(@Nullable String before, Exchange exchange) {
        StringBuilder element = new StringBuilder(96);
        if (before != null) {
            element.append(before).append(", ");
        } else if (isBehindProxy(exchange)) {
            appendNode(element.append("for="), exchange.client().text());
            element.append(", ");
        }
        appendNode(element.append("for="), peer(exchange));
        String host = authorityOf(exchange);
        if (host != null) {
            appendValue(element.append(";host="), host);
        }
        return element.append(";proto=").append(exchange.scheme()).toString();
    }

    /** A parameter of the last element of {@code Forwarded}, which is that of the peer; null if it does not say. */
    private static @Nullable String parameter(@Nullable String forwarded, String name) {
        if (forwarded == null) {
            return null;
        }
        int at = forwarded.lastIndexOf(',') + 1;
        while (at < forwarded.length()) {
            int end = forwarded.indexOf(';', at);
            String pair =
                    forwarded.substring(at, end < 0 ? forwarded.length() : end).strip();
            if (pair.regionMatches(true, 0, name, 0, name.length())) {
                return pair.substring(name.length()).replace("\"", "");
            }
            at = end < 0 ? forwarded.length() : end + 1;
        }
        return null;
    }

    private static String peer(Exchange exchange) {
        return unbracketed(exchange.peer());
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

    private static String port(Exchange exchange) {
        Authority authority = exchange.authority();
        int named = authority == null ? -1 : authority.port();
        return Integer.toString(named > 0 ? named : usualPort(exchange));
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
    private static void appendNode(StringBuilder to, String peer) {
        if (peer.indexOf(':') >= 0) {
            to.append("\"[").append(withoutZone(peer)).append("]\"");
        } else if (!peer.isEmpty() && HeaderSyntax.isName(peer)) {
            to.append(peer);
        } else {
            to.append("unknown");
        }
    }

    /** RFC 7239 section 4: a token, else a quoted string. An authority has nothing that needs a backslash. */
    private static void appendValue(StringBuilder to, String value) {
        if (HeaderSyntax.isName(value)) {
            to.append(value);
        } else {
            to.append('"').append(value).append('"');
        }
    }

    private static String unbracketed(String peer) {
        return peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
