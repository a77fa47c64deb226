package dev.lintel.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters from a raw query text, which, unlike {@code getParameter}, leaves form bodies alone. Parameters are
 * separated by {@code &}; a name and its value by the first {@code =}. {@code +} is a plus sign here, as in RFC 3986.
 */
public final class QueryParameters {

    private QueryParameters() {}

    /**
     * The values of a parameter, in order, still encoded; one without {@code =} is empty.
     *
     * @param query the raw query text, or null
     * @param name the parameter's name, compared decoded
     */
    public static List<String> values(@Nullable String query, String name) {
        if (query == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>(1);
        for (int from = 0; from <= query.length(); from = end(query, from) + 1) {
            int nameEnd = nameEnd(query, from);
            if (isName(query, from, nameEnd, name)) {
                values.add(query.substring(Math.min(nameEnd + 1, end(query, from)), end(query, from)));
            }
        }
        return values;
    }

    /**
     * The query text without a parameter; the rest keeps every byte.
     *
     * @param query the raw query text, or null
     * @param name the parameter's name, compared decoded
     * @return what is left, or null if nothing is
     */
    public static @Nullable String without(@Nullable String query, String name) {
        if (query == null || values(query, name).isEmpty()) {
            return query;
        }
        StringBuilder rest = new StringBuilder(query.length());
        boolean kept = false;
        for (int from = 0; from <= query.length(); from = end(query, from) + 1) {
            if (!isName(query, from, nameEnd(query, from), name)) {
                rest.append(kept ? "&" : "").append(query, from, end(query, from));
                kept = true;
            }
        }
        return kept ? rest.toString() : null;
    }

    /**
     * Decodes a value.
     *
     * @param value a value as {@link #values} gives it
     * @return the text, or null if an escape is broken or the octets are not UTF-8
     */
    public static @Nullable String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        byte[] octets = new byte[value.length()];
        int length = 0;
        for (int i = 0; i < value.length(); i++) {
            int octet = value.charAt(i) == '%' ? SegmentDecoder.octet(value, i) : value.charAt(i);
            if (octet < 0 || octet > 0xff) {
                return null;
            }
            octets[length++] = (byte) octet;
            i += value.charAt(i) == '%' ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static boolean isName(String query, int from, int to, String name) {
        if (to - from == name.length()) {
            return query.startsWith(name, from);
        }
        return to - from > name.length() && name.equals(decoded(query.substring(from, to)));
    }

    /** Looks no further than the parameter goes: there may be very many of them. */
    private static int nameEnd(String query, int from) {
        int at = from;
        while (at < query.length() && query.charAt(at) != '=' && query.charAt(at) != '&') {
            at++;
        }
        return at;
    }

    private static int end(String query, int from) {
        int ampersand = query.indexOf('&', from);
        return ampersand < 0 ? query.length() : ampersand;
    }
}
