package dev.lintel.config.schema;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionType;
import dev.lintel.option.ScalarType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes schemas of options. A value may be written as {@code ${NAME}} wherever one text is expected. */
final class OptionSchema {

    private static final Map<String, Object> REFERENCE = ref("reference");

    private OptionSchema() {}

    /** What the schemas of options refer to. */
    static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put(
                "reference",
                object(
                        "description",
                        "A value from elsewhere: ${NAME}, ${NAME:-default} or ${file:/path}",
                        "type",
                        "string",
                        "pattern",
                        "\\$\\{"));
        definitions.put("text", object("type", List.of("string", "number", "boolean")));
        definitions.put("flag", anyOf(object("type", "boolean"), object("enum", List.of("true", "false")), REFERENCE));
        definitions.put(
                "duration",
                anyOf(
                        object("type", "string", "pattern", "^([0-9]{1,12}(ms|s|m|h|d)|0)$"),
                        object("const", 0),
                        REFERENCE));
        definitions.put(
                "size",
                anyOf(
                        object("type", "integer", "minimum", 0),
                        object("type", "string", "pattern", "^[0-9]{1,18}(B|KiB|MiB|GiB)?$"),
                        REFERENCE));
        return definitions;
    }

    /** A map with these options and no others, unless the catalogue has others. */
    static Map<String, Object> of(OptionCatalogue catalogue) {
        List<String> required = catalogue.options().stream()
                .filter(Option::isRequired)
                .<String>map(Option::name)
                .toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (!catalogue.meaning().isEmpty()) {
            schema.put("description", plain(catalogue.meaning()));
        }
        schema.put("properties", properties(catalogue));
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", catalogue.others() != null);
        return schema;
    }

    /** The schemas of a catalogue's options by their names. */
    static Map<String, Object> properties(OptionCatalogue catalogue) {
        Map<String, Object> properties = new LinkedHashMap<>();
        catalogue.options().forEach(option -> properties.put(option.name(), of(option)));
        return properties;
    }

    /** The values of an option, with what an editor shows. */
    static Map<String, Object> of(Option<?> option) {
        Map<String, Object> schema = new LinkedHashMap<>(of(option.type()));
        describe(option, schema);
        return schema;
    }

    /** Adds to a schema what an editor shows of an option. */
    static void describe(Option<?> option, Map<String, Object> schema) {
        StringBuilder text = new StringBuilder(plain(option.meaning()));
        rule(option.type(), text);
        if (option.isDefaultInWords() && !option.defaultText().isEmpty()) {
            text.append(". Default: ").append(plain(option.defaultText()));
        }
        schema.put("description", text.toString());
        Object otherwise = option.isDefaultInWords() ? null : otherwise(option);
        if (otherwise != null) {
            schema.put("default", otherwise);
        }
        if (option.isSecret()) {
            schema.put("writeOnly", true);
        }
    }

    private static void rule(OptionType<?> type, StringBuilder text) {
        if (type instanceof ScalarType.Time time) {
            text.append(": ").append(time.rule());
        } else if (type instanceof ScalarType.Size size) {
            text.append(": ").append(size.rule());
        }
    }

    private static Map<String, Object> of(OptionType<?> type) {
        if (type instanceof OptionType.Items<?> items) {
            Map<String, Object> item = of(items.item());
            return anyOf(item, object("type", "array", "items", item));
        }
        if (type instanceof OptionType.ListOrNamed<?, ?> both) {
            return anyOf(of(both.list()), of(both.named()));
        }
        if (type instanceof OptionType.Named<?> named) {
            return object("type", "object", "additionalProperties", of(named.item()));
        }
        if (type instanceof OptionType.Group group) {
            return of(group.catalogue());
        }
        return type instanceof ScalarType<?> scalar ? ofScalar(scalar) : object("type", "object");
    }

    private static Map<String, Object> ofScalar(ScalarType<?> type) {
        if (type instanceof ScalarType.Flag) {
            return ref("flag");
        }
        if (type instanceof ScalarType.Time) {
            return ref("duration");
        }
        if (type instanceof ScalarType.Size) {
            return ref("size");
        }
        if (type instanceof ScalarType.Whole whole) {
            return anyOf(
                    object("type", "integer", "minimum", whole.least(), "maximum", whole.most()),
                    object("type", "string", "pattern", "^-?[0-9]+$"),
                    REFERENCE);
        }
        if (type instanceof ScalarType.Choice<?> choice) {
            return anyOf(object("enum", choice.words()), REFERENCE);
        }
        if (type instanceof ScalarType.Words words) {
            List<Object> all = new ArrayList<>(words.words());
            words.words().stream()
                    .filter(word -> word.chars().allMatch(Character::isDigit))
                    .forEach(word -> all.add(Integer.valueOf(word)));
            return anyOf(object("enum", all), REFERENCE);
        }
        return ref("text");
    }

    private static @Nullable Object otherwise(Option<?> option) {
        Object value = option.defaultValue().orElse(null);
        if (value == null || value instanceof Boolean || value instanceof List || value instanceof Map) {
            return value;
        }
        return value instanceof Long && !(option.type() instanceof ScalarType.Size) ? value : text(option, value);
    }

    private static String text(Option<?> option, Object value) {
        return value instanceof Duration duration && duration.isZero() ? "0" : option.defaultText();
    }

    static Map<String, Object> ref(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    static Map<String, Object> anyOf(Object... schemas) {
        return object("anyOf", List.of(schemas));
    }

    /** Names and values in turn. */
    static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    /** Without the marks of Markdown. */
    static String plain(String text) {
        return text.replaceAll("\\[([^\\]]+)\\]\\([^)]*\\)", "$1").replace("`", "");
    }
}
