package dev.lintel.router;

import dev.lintel.request.FieldCondition;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Looks conditions up in a request. Never asks for parameters, which would read a form's body. */
final class RequestConditions implements Conditions {

    private final HttpServletRequest request;

    RequestConditions(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public boolean meets(FieldCondition condition) {
        return condition.kind() == FieldCondition.Kind.HEADER
                ? header(condition.name(), condition.value())
                : query(condition.name(), condition.value());
    }

    private boolean header(String name, @Nullable String wanted) {
        Enumeration<String> lines = request.getHeaders(name);
        if (!lines.hasMoreElements()) {
            return false;
        }
        return wanted == null || lines.nextElement().equals(wanted) && !lines.hasMoreElements();
    }

    private boolean query(String name, @Nullable String wanted) {
        String query = request.getQueryString();
        int found = 0;
        boolean equal = false;
        int from = 0;
        while (query != null && from <= query.length()) {
            int ampersand = query.indexOf('&', from);
            int to = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > to ? to : equals;
            if (decoded(query, from, nameEnd).equals(name)) {
                found++;
                equal = decoded(query, Math.min(nameEnd + 1, to), to).equals(wanted);
            }
            from = to + 1;
        }
        return wanted == null ? found > 0 : found == 1 && equal;
    }

    private static String decoded(String query, int from, int to) {
        // escapes are known to be well-formed: admission has checked them
        return URLDecoder.decode(query.substring(from, to), StandardCharsets.UTF_8);
    }
}
