package dev.lintel.filters.cache;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.request.Authority;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * How a request spells the host that it is for. The key has one spelling of each, while an upstream ({@code preserveHost}) and an application
 * see the host as it came, and may say in their answer what they see.
 */
final class HostSpelling {

    private HostSpelling() {}

    /** The one spelling of the host and port that a request is for, without the port that is usual; null if they are not clear. */
    static @Nullable String known(Exchange exchange) {
        Authority known = exchange.authority();
        return known == null ? null : known.port() == usualPort(exchange) ? known.host() : known.toString();
    }

    private static int usualPort(Exchange exchange) {
        return exchange.scheme().equals("https") ? 443 : 80;
    }

    /** Whether a request spells its host as the key does, in its {@code Host} and in what a container makes of its target. */
    static boolean isThatOfTheKey(Exchange exchange, HttpServletRequest request) {
        Authority known = exchange.authority();
        if (known == null) {
            return false;
        }
        Enumeration<String> lines = ExchangeRequest.of(request, exchange).incoming("Host");
        if (lines.hasMoreElements() && !lines.nextElement().equals(known(exchange))) {
            return false;
        }
        // a target in absolute form, or :authority; some containers take the brackets of an address off
        String named = request.getServerName();
        return named == null || named.equals(known.host()) || Authority.parse(named) == null;
    }

    /**
     * What an application sees of scheme, host and port that is not in the key, as with a target in absolute form, which not all containers hold
     * against {@code Host}; or as it is set up in a container, and then it is the same each time.
     *
     * @return null if there is nothing, or if an upstream answers, which sees none of it
     */
    static @Nullable StringBuilder other(Exchange exchange, HttpServletRequest request) {
        Authority known = exchange.authority();
        Route route = exchange.route();
        if (known == null || route != null && route.destination() instanceof Destination.ToUpstream) {
            return null;
        }
        int port = known.port() < 0 ? usualPort(exchange) : known.port();
        StringBuffer url = request.getRequestURL();
        if (exchange.scheme().equals(request.getScheme())
                && request.getServerPort() == port
                && isBelow(url, exchange.scheme(), known(exchange))) {
            return null;
        }
        int slashes = url.indexOf("://");
        int end = slashes < 0 ? -1 : url.indexOf("/", slashes + 3);
        // no line of a field begins so
        return new StringBuilder("\n")
                .append(request.getScheme())
                .append(':')
                .append(request.getServerPort())
                .append(' ')
                .append(url, 0, end < 0 ? url.length() : end)
                .append('\n');
    }

    private static boolean isBelow(StringBuffer url, String scheme, @Nullable String host) {
        int slashes = scheme.length();
        return host != null
                && url.indexOf(scheme) == 0
                && url.indexOf("://", slashes) == slashes
                && url.indexOf(host, slashes + 3) == slashes + 3
                && url.indexOf("/", slashes + 3) == slashes + 3 + host.length();
    }
}
