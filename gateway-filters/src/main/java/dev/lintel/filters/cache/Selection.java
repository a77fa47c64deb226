package dev.lintel.filters.cache;

import dev.lintel.HeaderField;
import dev.lintel.request.HeaderSelector;
import dev.lintel.request.HeaderSyntax;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which requests an answer is for: the fields that it varies by with the values that its own request had (RFC 9111 section 4.1).
 * Immutable.
 *
 * @param fields names in lower case and values as {@link #value} tells them, in the order of the names; a field that was not there has
 *     the value {@link #NONE}
 */
record Selection(List<HeaderField> fields) {

    /** No value of a field is this. */
    private static final String NONE = "\n";

    /** Every request. */
    static final Selection ANY = new Selection(List.of());

    /** Written on the way to an upstream, so that what it varies by is not seen here. */
    private static final HeaderSelector UNSEEN = HeaderSelector.of(
            "Forwarded",
            "X-Forwarded",
            "X-Forwarded-*",
            "X-Original-Forwarded-For",
            "X-Real-IP",
            "Via",
            "If-None-Match",
            "If-Modified-Since");

    /**
     * The names that an answer varies by, in lower case and in order.
     *
     * @param lines of {@code Vary}
     * @param most how many there may be
     * @return null if no other request can be known to be answered alike
     */
    static @Nullable List<String> names(List<String> lines, int most) {
        TreeSet<String> names = new TreeSet<>();
        for (String line : lines) {
            for (String member : line.split(",", -1)) {
                String name = member.strip().toLowerCase(Locale.ROOT);
                if (name.isEmpty()) {
                    continue;
                }
                if (name.equals("*") || !HeaderSyntax.isName(name) || UNSEEN.matches(name)) {
                    return null;
                }
                names.add(name);
            }
        }
        return names.size() > most ? null : List.copyOf(names);
    }

    static Selection of(List<String> names, HttpServletRequest request) {
        if (names.isEmpty()) {
            return ANY;
        }
        return new Selection(names.stream()
                .map(name -> new HeaderField(name, value(request, name)))
                .toList());
    }

    /** Whether a request is one of those. */
    boolean includes(HttpServletRequest request) {
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            if (!field.value().equals(value(request, field.name()))) {
                return false;
            }
        }
        return true;
    }

    /** What requests have for a field, in lower case; null if it makes no difference. */
    private @Nullable String of(String name) {
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** Whether it is by {@code Origin} too that requests are told apart. */
    boolean goesByOrigin() {
        return of("origin") != null;
    }

    /** Whether it is of requests with an {@code Origin}. */
    boolean isOfAnOrigin() {
        String origin = of("origin");
        return origin != null && !origin.equals(NONE);
    }

    /** Whether all that lines of {@code Vary} name is among what it goes by. */
    boolean goesBy(List<String> lines) {
        List<String> names = names(lines, Integer.MAX_VALUE);
        return names != null
                && names.stream()
                        .allMatch(name ->
                                fields.stream().anyMatch(field -> field.name().equals(name)));
    }

    /** All lines of a field in one, without the spaces around commas unless one may be in quotes. */
    private static String value(HttpServletRequest request, String name) {
        Enumeration<String> lines = request.getHeaders(name);
        if (!lines.hasMoreElements()) {
            return NONE;
        }
        String first = lines.nextElement();
        if (!lines.hasMoreElements() && isPlain(first)) {
            return first;
        }
        List<String> all = new ArrayList<>(List.of(first));
        while (lines.hasMoreElements()) {
            all.add(lines.nextElement());
        }
        String joined = String.join(",", all);
        if (joined.indexOf('"') >= 0) {
            return joined;
        }
        List<String> members = new ArrayList<>();
        for (String member : joined.split(",", -1)) {
            members.add(member.strip());
        }
        return String.join(",", members);
    }

    private static boolean isPlain(String line) {
        return line.indexOf(' ') < 0 && line.indexOf('\t') < 0;
    }

    long weight() {
        long weight = 0;
        for (HeaderField field : fields) {
            weight += 64 + 2L * (field.name().length() + field.value().length());
        }
        return weight;
    }
}
