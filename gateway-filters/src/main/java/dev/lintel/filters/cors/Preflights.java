package dev.lintel.filters.cors;

import dev.lintel.Exchange;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What preflights may ask for, and the answer to them (Fetch standard, "CORS-preflight fetch"). Thread-safe. */
final class Preflights {

    static final String VARY = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

    static final Rejection FOREIGN_ORIGIN =
            Rejection.client(403, "cors-origin", "Pages of this origin may not use the resource.");

    private static final Rejection METHOD =
            Rejection.client(403, "cors-method", "Pages of other origins may not use this method here.");
    private static final Rejection FIELD =
            Rejection.client(403, "cors-header", "Pages of other origins may not send this header field here.");

    private final List<String> methods;
    private final Set<String> headers;
    private final boolean anyMethod;
    private final boolean anyHeader;
    private final String allowMethods;
    private final String allowHeaders;
    private final String maxAge;

    Preflights(CorsOptions options) {
        this.methods = options.methods();
        this.headers = options.headers().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.anyMethod = methods.contains("*");
        this.anyHeader = headers.contains("*");
        this.allowMethods = String.join(", ", methods);
        this.allowHeaders = String.join(", ", options.headers());
        this.maxAge = Long.toString(options.maxAge().toSeconds());
    }

    /** Whether a request is a preflight. Any other {@code OPTIONS} is for the destination. */
    static boolean isOne(Exchange exchange, HttpServletRequest request) {
        return exchange.method().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Why it is refused; null if it is not. */
    @Nullable
    Rejection refusal(HttpServletRequest request) {
        String method = CorsFilter.only(request, "Access-Control-Request-Method");
        if (method == null || !anyMethod && !methods.contains(method)) {
            return METHOD;
        }
        Enumeration<String> lines = request.getHeaders("Access-Control-Request-Headers");
        while (lines.hasMoreElements()) {
            if (!allowsAll(lines.nextElement())) {
                return FIELD;
            }
        }
        return null;
    }

    private boolean allowsAll(String line) {
        int start = 0;
        while (start <= line.length()) {
            int comma = line.indexOf(',', start);
            int end = comma < 0 ? line.length() : comma;
            String name = line.substring(start, end).strip().toLowerCase(Locale.ROOT);
            // a wildcard does not stand for Authorization (Fetch standard, "CORS non-wildcard request-header name")
            boolean allowed = name.isEmpty() || headers.contains(name) || anyHeader && !name.equals("authorization");
            if (!allowed) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    void answer(Exchange exchange, HttpServletResponse response) {
        response.setStatus(204);
        set(exchange, response, "Access-Control-Allow-Methods", allowMethods);
        if (!allowHeaders.isEmpty()) {
            set(exchange, response, "Access-Control-Allow-Headers", allowHeaders);
        }
        set(exchange, response, "Access-Control-Max-Age", maxAge);
    }

    /** Through the exchange, which keeps these fields for whoever owns them. */
    private static void set(Exchange exchange, HttpServletResponse response, String name, String value) {
        exchange.responseHeaders().set(name, value);
        response.setHeader(name, value);
    }
}
