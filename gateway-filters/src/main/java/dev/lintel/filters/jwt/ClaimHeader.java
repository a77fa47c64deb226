package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.HeaderValues.UnsafeClaim;
import dev.lintel.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A claim that is passed on in a request header field.
 *
 * @param claim its name, or its path of names joined with dots
 * @param header the field's name
 */
record ClaimHeader(String claim, String header) {

    /**
     * The field's value; null if the claim is absent or JSON's null. Text as it is, a whole number or a truth value in
     * JSON's spelling, an array of texts joined with {@code ,}.
     */
    @Nullable
    String value(Map<String, Object> claims) throws UnsafeClaim {
        Object value = Caller.claimIn(claims, claim);
        if (value == null) {
            return null;
        }
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof String text) {
            return HeaderValues.joined(List.of(text));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? null : HeaderValues.joined(texts(list));
        }
        throw new UnsafeClaim();
    }

    /** The elements of a claim's array, all of which must be text. */
    static List<String> texts(List<?> elements) throws UnsafeClaim {
        List<String> texts = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                throw new UnsafeClaim();
            }
            texts.add(text);
        }
        return texts;
    }
}
