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
        String peer = unbracketed(exchange.peer());
        String host = authorityOf(exchange);
        String proto = exchange.scheme();

        String chain = trustedX ? lines(from, "X-Forwarded-For") : null;
        to.accept("X-Forwarded-For", chain == null ? peer : chain + ", " + peer);
        to.accept("X-Forwarded-Proto", told(from, trustedX, "X-Forwarded-Proto", proto));
        if (host != null) {
            to.accept("X-Forwarded-Host", told(from, trustedX, "X-Forwarded-Host", host));
        }
        to.accept("X-Forwarded-Port", told(from, trustedX, "X-Forwarded-Port", port(exchange)));

        StringBuilder element = new StringBuilder(96);
        String before = trusted && byForwarded ? lines(from, "Forwarded") : null;
        if (before != null) {
            element.append(before).append(", ");
        }
        element.append("for=");
        appendNode(element, peer);
        if (host != null) {
            element.append(";host=");
            appendValue(element, host);
        }
        to.accept("Forwarded", element.append(";proto=").append(proto).toString());
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

    private static String told(HttpServletRequest from, boolean trusted, String name, String fresh) {
        String value = trusted ? lines(from, name) : null;
        return value == null ? fresh : value;
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
