package dev.lintel.proxy;

import dev.lintel.HeaderChanges;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Which trailer fields are passed on. Whoever merges them into the head must not get anything there that the head's own rules
 * keep out (RFC 9110 section 6.5.1): framing, routing, credentials, conditions, and what belongs to the gateway.
 */
final class Trailers {

    private static final HeaderSelector NEVER = HeaderSelector.of(
            "Age",
            "Authorization",
            "Cache-Control",
            "Connection",
            "Content-*",
            "Cookie",
            "Date",
            "Expect",
            "Expires",
            "Host",
            "If-*",
            "Keep-Alive",
            "Location",
            "Max-Forwards",
            "Pragma",
            "Proxy-*",
            "Range",
            "Retry-After",
            "Set-Cookie",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Vary",
            "Via",
            "Warning",
            "WWW-Authenticate");

    private Trailers() {}

    /** What follows the body of a request; null for nothing. */
    static @Nullable HttpFields ofRequest(HttpServletRequest request, HeaderSelector owned, HeaderChanges changes) {
        Map<String, String> received = request.isTrailerFieldsReady() ? request.getTrailerFields() : Map.of();
        if (received.isEmpty()) {
            return null;
        }
        HttpFields.Mutable passed = HttpFields.build();
        received.forEach((name, value) -> {
            if (!NEVER.matches(name) && !owned.matches(name) && !changes.hides(name)) {
                passed.add(name, value);
            }
        });
        return passed.size() == 0 ? null : passed;
    }

    /** Whether something follows the body of a request that is no field, and that a container has let through all the same. */
    static boolean areMalformed(HttpServletRequest request) {
        if (!request.isTrailerFieldsReady()) {
            return false;
        }
        for (Map.Entry<String, String> field : request.getTrailerFields().entrySet()) {
            if (!HeaderSyntax.isName(field.getKey()) || !HeaderSyntax.isValue(field.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** What follows the body of an answer; empty for nothing. */
    static Map<String, String> ofResponse(@Nullable HttpFields received, HeaderChanges changes) {
        Map<String, String> passed = new LinkedHashMap<>();
        if (received != null) {
            for (HttpField field : received) {
                String value = field.getValue();
                if (value != null && !NEVER.matches(field.getName()) && !changes.hides(field.getName())) {
                    passed.merge(field.getName(), value, (one, more) -> one + ", " + more);
                }
            }
        }
        return passed;
    }
}
