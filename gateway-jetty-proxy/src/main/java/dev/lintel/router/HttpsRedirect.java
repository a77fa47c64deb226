package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.filter.Rejections;
import dev.lintel.reject.Rejection;
import dev.lintel.request.Authority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that came in clear text, and were admitted like all others, to the same host by HTTPS; challenges of ACME (RFC 8555
 * section 8.3) are for the routes. Of the gateway's filters those run that belong before authentication. Immutable and thread-safe.
 *
 * @param port the port of HTTPS as clients know it
 * @param hosts the hosts to send clients to, in lower case, IPv6 in brackets; to no others
 */
public record HttpsRedirect(IntSupplier port, Predicate<String> hosts) {

    /** The request attribute that says so. */
    public static final String ATTRIBUTE = "dev.lintel.httpsRedirect";

    private static final String CHALLENGES = "/.well-known/acme-challenge/";

    /** What is to be done with an admitted request; null if it is for the routes. */
    static @Nullable HttpsRedirect of(HttpServletRequest request, Exchange exchange) {
        return request.getAttribute(ATTRIBUTE) instanceof HttpsRedirect redirect
                        && !exchange.rawPath().startsWith(CHALLENGES)
                ? redirect
                : null;
    }

    void answer(Authority asked, Exchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!hosts.test(asked.host())) {
            Rejections.answer(
                    exchange,
                    request,
                    response,
                    Rejection.client(421, "misdirected-request", "This connection is not for that origin."));
            return;
        }
        int known = port.getAsInt();
        String query = exchange.query() == null ? "" : "?" + exchange.query();
        response.setStatus(308);
        response.setHeader(
                "Location", "https://" + asked.host() + (known == 443 ? "" : ":" + known) + exchange.rawPath() + query);
    }
}
