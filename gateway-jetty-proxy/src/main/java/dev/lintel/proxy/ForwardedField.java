package dev.lintel.proxy;

import dev.lintel.request.HeaderSyntax;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Forwarded} field (RFC 7239 section 4) to its end. One that is not well-formed says nothing at all: whatever
 * were put behind it, an open quote for one would swallow.
 */
final class ForwardedField {

    /** More elements than any real chain has. */
    private static final int MOST_ELEMENTS = 32;

    private final String text;
    private int at;
    private int elements = 1;
    private @Nullable String proto;
    private @Nullable String host;
    private boolean namedFor;
    private boolean namedBy;

    private ForwardedField(String text) {
        this.text = text;
    }

    /**
     * Reads a field.
     *
     * @param text all its lines, joined by commas
     * @return null if it is malformed, has a parameter twice in one element, or too many elements
     */
    static @Nullable ForwardedField parse(String text) {
        ForwardedField field = new ForwardedField(text);
        return field.read() && field.elements <= MOST_ELEMENTS ? field : null;
    }

    /** The field as it was received. */
    String text() {
        return text;
    }

    /** The scheme that the last element names, which is that of the peer; without its quotes, or null. */
    @Nullable
    String proto() {
        return proto;
    }

    /** The host that the last element names, without its quotes, or null. */
    @Nullable
    String host() {
        return host;
    }

    private boolean read() {
        while (true) {
            skipSpace();
            if (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',' && !readPair()) {
                return false;
            }
            skipSpace();
            if (at == text.length()) {
                return true;
            }
            char separator = text.charAt(at++);
            if (separator == ',') {
                elements++;
                proto = null;
                host = null;
                namedFor = false;
                namedBy = false;
            } else if (separator != ';') {
                return false;
            }
        }
    }

    private boolean readPair() {
        int from = at;
        skipToken();
        String name = text.substring(from, at);
        if (name.isEmpty() || at == text.length() || text.charAt(at++) != '=') {
            return false;
        }
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        return value != null && keep(name, value);
    }

    /** Notes a parameter; false if it was named before in the same element. */
    private boolean keep(String name, String value) {
        boolean repeated = false;
        if (name.equalsIgnoreCase("proto")) {
            repeated = proto != null;
            proto = value;
        } else if (name.equalsIgnoreCase("host")) {
            repeated = host != null;
            host = value;
        } else if (name.equalsIgnoreCase("for")) {
            repeated = namedFor;
            namedFor = true;
        } else if (name.equalsIgnoreCase("by")) {
            repeated = namedBy;
            namedBy = true;
        }
        return !repeated;
    }

    private @Nullable String token() {
        int from = at;
        skipToken();
        return from == at ? null : text.substring(from, at);
    }

    /** RFC 9110 section 5.6.4; null if it does not end. */
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && ++at == text.length()) {
                return null;
            }
            value.append(text.charAt(at));
        }
        return null;
    }

    private void skipToken() {
        while (at < text.length() && HeaderSyntax.isTokenChar(text.charAt(at))) {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
