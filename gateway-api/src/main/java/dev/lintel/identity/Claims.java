package dev.lintel.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies trees of claims, since a caller is kept and shared between requests for as long as a token is. */
final class Claims {

    private Claims() {}

    /** A copy that cannot be changed at any depth, without the names whose value is null. */
    static Map<String, Object> copy(Map<?, ?> claims) {
        Map<String, Object> copy = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            Object frozen = frozen(value);
            if (frozen != null) {
                copy.put(String.valueOf(name), frozen);
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object frozen(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof Collection<?> elements) {
            List<@Nullable Object> copy = new ArrayList<>(elements.size());
            elements.forEach(element -> copy.add(frozen(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
