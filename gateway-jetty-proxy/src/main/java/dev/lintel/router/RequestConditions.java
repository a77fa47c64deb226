package dev.lintel.router;

import dev.lintel.request.AddressBlock;
import dev.lintel.request.FieldCondition;
import dev.lintel.request.IpAddress;
import dev.lintel.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks conditions up in a request. Never asks for parameters, which would read a form's body. */
final class RequestConditions implements Conditions {

    private final HttpServletRequest request;
    private final @Nullable IpAddress client;

    /**
     * Makes the look-up.
     *
     * @param client where the request comes from; null if that is no address, and so in no block
     */
    RequestConditions(HttpServletRequest request, @Nullable IpAddress client) {
        this.request = request;
        this.client = client;
    }

    @Override
    public boolean meets(FieldCondition condition) {
        return switch (condition.kind()) {
            case HEADER -> header(condition.name(), condition.value());
            case QUERY -> query(condition.name(), condition.value());
            case COOKIE -> cookie(condition.name(), condition.value());
        };
    }

    @Override
    public boolean comeFrom(List<AddressBlock> blocks) {
        for (int i = 0; client != null && i < blocks.size(); i++) {
            if (blocks.get(i).contains(client)) {
                return true;
            }
        }
        return false;
    }

    private boolean header(String name, @Nullable String wanted) {
        Enumeration<String> lines = request.getHeaders(name);
        if (!lines.hasMoreElements()) {
            return false;
        }
        return wanted == null || lines.nextElement().equals(wanted) && !lines.hasMoreElements();
    }

    private boolean query(String name, @Nullable String wanted) {
        List<String> values = QueryParameters.values(request.getQueryString(), name);
        return wanted == null
                ? !values.isEmpty()
                : values.size() == 1 && wanted.equals(QueryParameters.decoded(values.get(0)));
    }

    /** RFC 6265 section 4.2.1; read here since containers differ in what they take for a cookie. */
    private boolean cookie(String name, @Nullable String wanted) {
        int found = 0;
        boolean equal = false;
        Enumeration<String> lines = request.getHeaders("Cookie");
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            for (int from = 0; from < line.length(); from = end(line, from) + 1) {
                String pair = line.substring(from, end(line, from)).strip();
                if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
                    found++;
                    equal = unquoted(pair.substring(name.length() + 1)).equals(wanted);
                }
            }
        }
        return wanted == null ? found > 0 : found == 1 && equal;
    }

    private static int end(String line, int from) {
        int semicolon = line.indexOf(';', from);
        return semicolon < 0 ? line.length() : semicolon;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
