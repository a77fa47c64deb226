package dev.lintel.filters.cache;

import dev.lintel.HeaderChanges;
import dev.lintel.HeaderField;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What others have put into a response before whoever is behind the filter said anything. Confined to its request. */
final class EarlierFields {

    private static final List<String> LIFETIME = List.of("Cache-Control", "Expires", "Pragma");

    private final HttpServletResponse response;
    private final HeaderChanges changes;
    private final List<HeaderField> appended;
    private final List<HeaderField> fields = new ArrayList<>();
    private boolean cookie;

    EarlierFields(HttpServletResponse response, HeaderChanges changes) {
        this.response = response;
        this.changes = changes;
        this.appended = List.copyOf(changes.appended());
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

    /** Whether a cookie is set that the container may not show before it sends it. */
    void cookie(boolean set) {
        cookie = set;
    }

    /** What sets cookies since; a container puts that of a session there itself. */
    List<String> cookiesSince() {
        return response.getHeaders("Set-Cookie").stream()
                .filter(line -> fields.stream()
                        .noneMatch(field -> field.name().equalsIgnoreCase("Set-Cookie")
                                && field.value().equals(line)))
                .toList();
    }

    /**
     * By what an answer varies, whoever says so: all lines of {@code Vary} but those of the gateway's own filters in front, which say their
     * part of each answer. A container drops what an included servlet says of the head, so that not what was said counts but what stands.
     *
     * @param said the head as it was said behind the filter, complete
     * @return null if nothing is to be kept: others set a cookie or say how long it may be kept, or something that was said does not stand
     */
    @Nullable
    List<String> varying(List<HeaderField> said) {
        if (cookie || response.getHeader("Set-Cookie") != null || response.getHeader("Set-Cookie2") != null) {
            return null;
        }
        for (String name : LIFETIME) {
            if (!ResponseHead.lines(said, name).equals(standing(name))) {
                return null;
            }
        }
        for (HeaderField field : said) {
            if (StorageRules.isKept(field, changes) && !StorageRules.isOfBody(field.name()) && !stands(field)) {
                return null;
            }
        }
        List<String> lines = new ArrayList<>(standing("Vary"));
        for (HeaderField field : appended) {
            if (field.name().equalsIgnoreCase("Vary")) {
                lines.remove(field.value());
            }
        }
        addUnsaid(said, lines);
        return lines;
    }

    /** What an answer varies by whether or not it says so, since nobody else can do anything with it. */
    private void addUnsaid(List<HeaderField> said, List<String> lines) {
        for (HeaderField field : said) {
            String name = field.name();
            if (name.equalsIgnoreCase("Access-Control-Allow-Origin")
                    && !field.value().equals("*")
                    && StorageRules.isKept(field, changes)) {
                lines.add("Origin");
            } else if (name.equalsIgnoreCase("Content-Encoding")) {
                lines.add("Accept-Encoding");
            }
        }
    }

    private boolean stands(HeaderField field) {
        return field.value().equals(response.getHeader(field.name()))
                || response.getHeaders(field.name()).contains(field.value())
                // what some containers show only once it is sent
                || field.name().equalsIgnoreCase("Content-Language")
                        && field.value().equals(language());
    }

    private @Nullable String language() {
        // null where it has been taken back
        @Nullable Locale locale = response.getLocale();
        return locale == null ? null : locale.toLanguageTag();
    }

    private List<String> standing(String name) {
        return response.getHeader(name) == null ? List.of() : List.copyOf(response.getHeaders(name));
    }
}
