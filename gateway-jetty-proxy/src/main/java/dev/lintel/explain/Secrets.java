package dev.lintel.explain;

import dev.lintel.HeaderField;
import dev.lintel.request.QueryParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows what of one request is a secret: what stands under the name of a credential, and whatever contains that again elsewhere, such as
 * a field that a filter has copied. Thread-safe.
 */
public final class Secrets {

    /** Stands for what is not shown. */
    public static final String MASK = "***";

    private static final List<String> TELLING = List.of(
            "authorization",
            "cookie",
            "token",
            "secret",
            "password",
            "passwd",
            "apikey",
            "credential",
            "signature",
            "session",
            "assertion");

    /** Shorter texts are found everywhere. */
    private static final int SHORTEST = 4;

    private final Set<String> names = new HashSet<>();
    private final Set<String> values = new HashSet<>();
    private final Predicate<String> concealed;

    /**
     * Finds the secrets of a request.
     *
     * @param request the request
     * @param credentialNames names of header fields and query parameters that hold credentials
     * @param concealed tells which other header fields hold one
     */
    public Secrets(RequestDescription request, Set<String> credentialNames, Predicate<String> concealed) {
        this.concealed = concealed;
        for (String name : credentialNames) {
            names.add(folded(name));
        }
        for (HeaderField field : request.headers()) {
            if (isTelling(field.name())) {
                note(field.value());
                for (var parts = new StringTokenizer(field.value(), " ;,=\""); parts.hasMoreTokens(); ) {
                    note(parts.nextToken());
                }
            }
        }
        for (String pair : pairs(request.query())) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && isTelling(nameOf(pair))) {
                note(pair.substring(equals + 1));
                note(QueryParameters.decoded(pair.substring(equals + 1)));
            }
        }
    }

    /** A field, and what may be shown of it. */
    public Field field(String name, String value) {
        boolean hidden = isTelling(name) || concealed.test(name) || isSecret(value);
        return new Field(name, value, hidden ? masked(name, value) : value);
    }

    /** A list of fields, and what may be shown of them. */
    public List<Field> fields(List<HeaderField> fields) {
        return fields.stream().map(field -> field(field.name(), field.value())).toList();
    }

    /** A path and query as it may be shown. */
    public String target(String path, @Nullable String query) {
        if (query == null) {
            return path;
        }
        List<String> shown = new ArrayList<>();
        for (String pair : pairs(query)) {
            boolean hidden = pair.indexOf('=') >= 0 && (isTelling(nameOf(pair)) || isSecret(pair));
            shown.add(hidden ? pair.substring(0, pair.indexOf('=') + 1) + MASK : pair);
        }
        return path + "?" + String.join("&", shown);
    }

    /** The value that a condition asks for, as it may be shown. */
    public String wanted(String name, String value) {
        return isTelling(name) ? MASK : value;
    }

    private static String masked(String name, String value) {
        int space = value.indexOf(' ');
        boolean scheme = folded(name).endsWith("authorization") && space > 0 && space <= 16;
        return scheme ? value.substring(0, space + 1) + MASK : MASK;
    }

    private void note(@Nullable String value) {
        if (value != null && value.length() >= SHORTEST) {
            values.add(value);
        }
    }

    private boolean isSecret(String text) {
        return values.stream().anyMatch(text::contains);
    }

    private boolean isTelling(String name) {
        String folded = folded(name);
        return names.contains(folded) || isCredentialName(folded);
    }

    /** Whether what stands under a name is a credential, as far as names tell. */
    public static boolean isCredentialName(String name) {
        String folded = folded(name);
        return TELLING.stream().anyMatch(folded::contains);
    }

    private static String nameOf(String pair) {
        String raw = pair.substring(0, pair.indexOf('='));
        String decoded = QueryParameters.decoded(raw);
        return decoded == null ? raw : decoded;
    }

    private static List<String> pairs(@Nullable String query) {
        return query == null ? List.of() : List.of(query.split("&", -1));
    }

    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(c -> folded.append((char) c));
        return folded.toString();
    }

    /** Nothing of what it knows. */
    @Override
    public String toString() {
        return "Secrets";
    }
}
