package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.Route;
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

    /** Refuses a body that says itself that it is longer than the route allows, before any of it is read. */
    static @Nullable Rejection bodyTooLarge(HttpServletRequest request, Route route) {
        long most = route.options().maxRequestBody();
        return most > 0 && request.getContentLengthLong() > most ? bodyTooLarge() : null;
    }

    /** The answer to a body that is longer than the route allows; what is left of it is not read. */
    static Rejection bodyTooLarge() {
        return Rejection.client(413, "body-too-large", "The request's body is longer than allowed here.")
                .closingConnection();
    }
}
