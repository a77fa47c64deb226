package dev.lintel.filters.cache;

import dev.lintel.HeaderField;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

/** What others have put into a response before whoever is behind the filter said anything. Confined to its request. */
final class EarlierFields {

    private final HttpServletResponse response;
    private final List<HeaderField> fields = new ArrayList<>();

    EarlierFields(HttpServletResponse response) {
        this.response = response;
        for (String name : response.getHeaderNames()) {
            response.getHeaders(name).forEach(value -> fields.add(new HeaderField(name, value)));
        }
    }

    /** Drops what was said since. */
    void restore() {
        response.reset();
        for (HeaderField field : fields) {
            if (!response.containsHeader(field.name())) {
                response.setHeader(field.name(), field.value());
            } else if (!response.getHeaders(field.name()).contains(field.value())) {
                response.addHeader(field.name(), field.value());
            }
        }
    }

    /** What sets cookies since; a container puts that of a session there itself. */
    List<String> cookiesSince() {
        return response.getHeaders("Set-Cookie").stream()
                .filter(line -> fields.stream()
                        .noneMatch(field -> field.name().equalsIgnoreCase("Set-Cookie")
                                && field.value().equals(line)))
                .toList();
    }
}
