package dev.lintel.filters.cache;

import dev.lintel.HeaderField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of an answer as whoever is behind the filter says it. Confined to its request. */
final class ResponseHead {

    private final List<HeaderField> fields = new ArrayList<>();

    void set(String name, @Nullable String value) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
        add(name, value);
    }

    void add(String name, @Nullable String value) {
        if (value != null) {
            fields.add(new HeaderField(name, value));
        }
    }

    void clear() {
        fields.clear();
    }

    /** All of them, in order. */
    List<HeaderField> fields() {
        return List.copyOf(fields);
    }

    boolean has(String name) {
        return first(fields, name) != null;
    }

    @Nullable
    String first(String name) {
        return first(fields, name);
    }

    List<String> lines(String name) {
        return lines(fields, name);
    }

    /** The value of the first field of a name. */
    static @Nullable String first(List<HeaderField> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return fields.get(i).value();
            }
        }
        return null;
    }

    /** The values of all fields of a name, in order. */
    static List<String> lines(List<HeaderField> fields, String name) {
        List<String> lines = new ArrayList<>(1);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                lines.add(fields.get(i).value());
            }
        }
        return lines;
    }
}
