package dev.lintel.filters.compression;

import dev.lintel.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields that hold of the uncoded body only, kept back until it is known whether that is sent. Not thread-safe. */
final class HeldFields {

    static final Set<String> NAMES =
            Set.of("content-length", "etag", "accept-ranges", "content-md5", "digest", "content-digest", "repr-digest");

    private final List<HeaderField> fields = new ArrayList<>();

    static boolean holds(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    void set(String name, @Nullable String value) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
        add(name, value);
    }

    void add(String name, @Nullable String value) {
        if (value != null) {
            fields.add(new HeaderField(name, value));
        }
    }

    @Nullable
    String value(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return fields.get(i).value();
            }
        }
        return null;
    }

    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    /** The declared length; negative for none. */
    long length() {
        String text = value("Content-Length");
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException unknown) {
            return -1;
        }
    }

    List<HeaderField> all() {
        return fields;
    }

    /** What of them holds of the coded body: a tag, made weak (RFC 9110 section 8.8.1). */
    List<HeaderField> ofCoded() {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase("ETag"))
                .map(field -> new HeaderField(
                        field.name(), field.value().startsWith("\"") ? "W/" + field.value() : field.value()))
                .toList();
    }

    void clear() {
        fields.clear();
    }
}
