package dev.lintel.request;

import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The checks that every request passes before anything else looks at it, in any container: those that a servlet can make
 * itself, whatever the container's own parser let through. Thread-safe.
 */
public final class Admission {

    private final AdmissionRules rules;

    /**
     * Makes the checks.
     *
     * @param rules what is relaxed
     */
    public Admission(AdmissionRules rules) {
        this.rules = rules;
    }

    /** Parses the path by these rules; see {@link RequestPath#violation()}. */
    public RequestPath parse(String rawPath) {
        return rules.sessionIdInPath() ? RequestPath.parseWithSessionId(rawPath) : RequestPath.parse(rawPath);
    }

    /**
     * Checks a request.
     *
     * @param request the request as the container gives it
     * @param path its path, parsed by these rules
     * @return why it is refused, or null if it is admitted
     */
    public @Nullable Rejection check(HttpServletRequest request, RequestPath path) {
        return check(request, path, Authority.of(request), null);
    }

    /**
     * The same for a request whose authority is known.
     *
     * @param authority what {@link Authority#of} says of it
     * @param lines the lines of its head; null if they are not known, and so asked of the request
     */
    public @Nullable Rejection check(
            HttpServletRequest request, RequestPath path, @Nullable Authority authority, @Nullable FieldLines lines) {
        Rejection rejection = checkProtocol(request);
        if (rejection == null) {
            rejection = checkMethod(request.getMethod());
        }
        if (rejection == null && path.violation() != null) {
            rejection = path.violation().equals("too-many-segments")
                    ? Rejection.client(414, path.violation(), "The path has too many segments.")
                    : refuse(path.violation(), "The path is ambiguous or malformed.");
        }
        if (rejection == null && request.getQueryString() != null) {
            String violation = QuerySyntax.violation(request.getQueryString());
            rejection = violation == null ? null : refuse(violation, "The query is malformed.");
        }
        return rejection == null ? checkHead(request, authority, lines) : rejection;
    }

    /** Some containers serve HTTP/0.9 or a version that there is not, and some believe any scheme that a target in absolute form names. */
    private static @Nullable Rejection checkProtocol(HttpServletRequest request) {
        String protocol = request.getProtocol();
        boolean known = protocol.equals("HTTP/1.1")
                || protocol.equals("HTTP/1.0")
                || protocol.startsWith("HTTP/2")
                || protocol.startsWith("HTTP/3") && request.isSecure();
        if (!known) {
            return Rejection.client(505, "protocol-version", "This version of HTTP is not spoken here.")
                    .closingConnection();
        }
        String scheme = request.getScheme();
        boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
        return http ? null : refuse("scheme", "Only http and https are served here.");
    }

    private @Nullable Rejection checkMethod(String method) {
        if (method.equals("CONNECT") || method.equals("TRACE")) {
            return Rejection.client(405, "method-refused", "This method is never forwarded.")
                    .withHeader("Allow", String.join(", ", new java.util.TreeSet<>(rules.methods())))
                    .closingConnection();
        }
        if (!rules.methods().contains(method)) {
            return HeaderSyntax.isName(method)
                    ? Rejection.client(501, "method-unknown", "This method is not known here.")
                    : refuse("method-malformed", "The method is not a token.").closingConnection();
        }
        return null;
    }

    private @Nullable Rejection checkHead(
            HttpServletRequest request, @Nullable Authority authority, @Nullable FieldLines lines) {
        FieldChecks checks = new FieldChecks(request.getProtocol(), rules.underscoresInHeaderNames());
        String violation = lines == null ? violation(request, checks) : violation(lines, checks);
        if (violation == null) {
            violation = checks.whole();
        }
        if (violation != null) {
            return fieldRejection(violation);
        }
        return authority == null
                ? refuse("host", "The Host field is missing, repeated, malformed or contradicted.")
                        .closingConnection()
                : null;
    }

    private static @Nullable String violation(FieldLines lines, FieldChecks checks) {
        String violation = null;
        for (int i = 0; violation == null && i < lines.count(); i++) {
            violation = checks.name(lines.name(i));
            if (violation == null) {
                violation = checks.value(lines.name(i), lines.value(i));
            }
        }
        return violation;
    }

    private static @Nullable String violation(HttpServletRequest request, FieldChecks checks) {
        String violation = null;
        Enumeration<String> names = request.getHeaderNames();
        while (violation == null && names.hasMoreElements()) {
            String name = names.nextElement();
            violation = checks.name(name);
            Enumeration<String> values = request.getHeaders(name);
            while (violation == null && values.hasMoreElements()) {
                violation = checks.value(name, values.nextElement());
            }
        }
        return violation;
    }

    private static Rejection fieldRejection(String violation) {
        return switch (violation) {
            case "expectation" -> Rejection.client(417, violation, "Only 100-continue can be expected.");
            case "transfer-coding" ->
                Rejection.client(501, violation, "Only the transfer coding chunked is understood.")
                        .closingConnection();
            default ->
                refuse(violation, "A header field is malformed, repeated or not allowed.")
                        .closingConnection();
        };
    }

    private static Rejection refuse(String rule, String detail) {
        return Rejection.client(400, rule, detail);
    }
}
