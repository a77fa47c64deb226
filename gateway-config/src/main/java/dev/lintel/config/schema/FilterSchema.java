package dev.lintel.config.schema;

import static dev.lintel.config.schema.OptionSchema.anyOf;
import static dev.lintel.config.schema.OptionSchema.object;
import static dev.lintel.config.schema.OptionSchema.ref;

import dev.lintel.filter.FilterKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the schemas of filters: {@code - jwt: {...}}, {@code - requestId}, {@code - anyOf: [...]}, {@code - class: ...}. */
final class FilterSchema {

    private static final String ANY_OF = "anyOf";
    private static final String API_KEY = "apiKey";

    private FilterSchema() {}

    static void define(Collection<FilterKind> kinds, Map<String, Object> definitions) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> authenticating = new LinkedHashMap<>();
        for (FilterKind kind : kinds) {
            String name = "filter." + kind.name();
            if (kind.name().equals(ANY_OF)) {
                definitions.put(name, anyOfFilter(kind));
            } else {
                definitions.put(name, options(kind));
                if (kind.authenticates()) {
                    authenticating.put(kind.name(), ref(name));
                }
            }
            all.put(kind.name(), ref(name));
        }
        definitions.put("filter", filter(all));
        definitions.put("authenticator", filter(authenticating));
    }

    private static Map<String, Object> filter(Map<String, Object> kinds) {
        Map<String, Object> one = object("type", "object", "properties", kinds, "minProperties", 1, "maxProperties", 1);
        one.put("additionalProperties", false);
        Map<String, Object> own = GatewaySchema.closed(
                List.of("class"),
                "class",
                GatewaySchema.described("a filter class of your own"),
                "options",
                object("type", List.of("object", "null"), "description", "what it is told"));
        return anyOf(object("enum", new ArrayList<>(kinds.keySet())), one, own);
    }

    /** Nothing at all stands for no options. */
    private static Map<String, Object> options(FilterKind kind) {
        Map<String, Object> schema = OptionSchema.of(kind.catalogue());
        if (!schema.containsKey("required")) {
            schema.put("type", List.of("object", "null"));
        }
        if (kind.name().equals(API_KEY)) {
            Map<String, Object> properties = OptionSchema.properties(kind.catalogue());
            properties.put(
                    "consumers",
                    GatewaySchema.texts("whose keys are accepted, of the file's consumers; all by default"));
            schema.put("properties", properties);
        }
        return schema;
    }

    private static Map<String, Object> anyOfFilter(FilterKind kind) {
        return object(
                "description",
                kind.catalogue().meaning(),
                "type",
                "array",
                "minItems",
                2,
                "items",
                ref("authenticator"));
    }
}
