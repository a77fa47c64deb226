package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
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

    /**
     * Refuses a body that says itself that it is longer than the route allows, before any of it is read. Forms for an
     * application must say how long they are: the container reads them itself, past all that is put around the request.
     */
    static @Nullable Rejection body(HttpServletRequest request, Route route) {
        long most = route.options().maxRequestBody();
        if (most == 0) {
            return null;
        }
        long length = request.getContentLengthLong();
        if (length > most) {
            return bodyTooLarge();
        }
        boolean unknown = length < 0 && mayHaveBody(request);
        return unknown && route.destination() instanceof Destination.HostApplication && isForm(request)
                ? Rejection.client(411, "length-required", "A form must say how long it is here (Content-Length).")
                        .closingConnection()
                : null;
    }

    private static boolean mayHaveBody(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1");
    }

    /** Whether some container would read the body for {@code getParameter} or {@code getParts}. */
    private static boolean isForm(HttpServletRequest request) {
        Enumeration<String> types = request.getHeaders("Content-Type");
        while (types.hasMoreElements()) {
            String type = types.nextElement().strip();
            if (startsWith(type, "application/x-www-form-urlencoded") || startsWith(type, "multipart/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
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

    /** The answer to a body that is longer than the route allows; what is left of it is not read. */
    static Rejection bodyTooLarge() {
        return Rejection.client(413, "body-too-large", "The request's body is longer than allowed here.")
                .closingConnection();
    }
}
