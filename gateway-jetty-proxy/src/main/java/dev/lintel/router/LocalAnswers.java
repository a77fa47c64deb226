package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.filter.BodyLimit;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Requests that are answered here although a route may exist. */
final class LocalAnswers {

    private LocalAnswers() {}

    /** {@code OPTIONS *} asks about the server itself (RFC 9110 section 9.3.7). */
    static boolean isAsteriskOptions(Exchange exchange) {
        return exchange.rawPath().equals("*") && exchange.method().equals("OPTIONS");
    }

    /**
     * Counts {@code Max-Forwards} of an {@code OPTIONS} request down (RFC 9110 section 7.6.2).
     *
     * @return whether it had come to zero, so that the request ends here
     */
    static boolean endsHere(Exchange exchange, HttpServletRequest request) {
        String value = exchange.method().equals("OPTIONS") ? request.getHeader("Max-Forwards") : null;
        if (value == null
                || value.isEmpty()
                || value.length() > 9
                || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int left = Integer.parseInt(value);
        if (left > 0) {
            exchange.requestHeaders().set("Max-Forwards", Integer.toString(left - 1));
        }
        return left == 0;
    }

    /** Refuses a body that by what its head tells is longer than the route allows, before any of it is read. */
    static @Nullable Rejection body(HttpServletRequest request, Route route) {
        long most = route.options().maxRequestBody();
        boolean toApplication = route.destination() instanceof Destination.HostApplication;
        return most == 0 ? null : BodyLimit.refusal(request, most, toApplication);
    }

    /** Why the server in front refused a request; it may not have a name for what is wrong with a path. */
    static @Nullable Rejection refusedBefore(HttpServletRequest request, Exchange exchange) {
        if (!(request.getAttribute(GatewayServlet.REFUSED) instanceof Rejection before)) {
            return null;
        }
        String violation = exchange.path().violation();
        return before.status() == 400 && violation != null && exchange.rawPath().startsWith("/")
                ? Rejection.client(400, violation, "The path is ambiguous or malformed.")
                        .closingConnection()
                : before;
    }
}
