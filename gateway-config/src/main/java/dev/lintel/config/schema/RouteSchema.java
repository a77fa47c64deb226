package dev.lintel.config.schema;

import static dev.lintel.config.schema.OptionSchema.anyOf;
import static dev.lintel.config.schema.OptionSchema.object;
import static dev.lintel.config.schema.OptionSchema.ref;

import dev.lintel.RouteBuilder;
import dev.lintel.option.Names;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the schemas of routes and of where they lead. */
final class RouteSchema {

    private static final List<String> DESTINATIONS = List.of("upstream", "answer", "redirect", "hostApplication");

    private RouteSchema() {}

    static void define(Map<String, Object> definitions) {
        Map<String, Object> places = new LinkedHashMap<>();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", GatewaySchema.described("its name: " + Names.RULE));
        properties.put(
                "rule",
                GatewaySchema.described("which requests it answers, such as Host(`a.example`) && PathPrefix(`/v1`)"));
        properties.put("filters", GatewaySchema.filters("filters of this route, after those for every request"));
        properties.put(
                "auth", object("description", "none: that nobody is asked who is calling is meant", "const", "none"));
        for (Option<?> option : RouteBuilder.catalogue().options()) {
            Map<String, Object> schema = of(option);
            properties.put(option.name(), schema);
            if (DESTINATIONS.contains(option.name())) {
                places.put(option.name(), schema);
            }
        }
        Map<String, Object> route = object("type", "object", "properties", properties, "required", List.of("id"));
        route.put("additionalProperties", false);
        route.put("allOf", List.of(oneOf(List.of("match", "rule")), oneOf(DESTINATIONS)));
        definitions.put("route", route);
        Map<String, Object> destination = object("description", "where requests go that no route answers");
        destination.put("type", "object");
        destination.put("properties", places);
        destination.put("additionalProperties", false);
        destination.putAll(oneOf(DESTINATIONS));
        definitions.put("destination", destination);
    }

    private static Map<String, Object> oneOf(List<String> names) {
        return object(
                "oneOf",
                names.stream().map(name -> object("required", List.of(name))).toList());
    }

    private static Map<String, Object> of(Option<?> option) {
        if (option.type() instanceof OptionType.Group group && option.name().equals("match")) {
            return match(option, group.catalogue());
        }
        Map<String, Object> schema = OptionSchema.of(option);
        if (option.name().startsWith("rewrite") && option.type() instanceof OptionType.Items) {
            // true stands for no other hosts
            schema.put("anyOf", List.of(ref("flag"), ref("text"), object("type", "array", "items", ref("text"))));
        }
        return schema;
    }

    private static Map<String, Object> match(Option<?> option, OptionCatalogue parts) {
        Map<String, Object> schema = OptionSchema.of(parts);
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Option<?> part : parts.options()) {
            Map<String, Object> of = OptionSchema.of(part);
            if (part.type() instanceof OptionType.Named) {
                Map<String, Object> present =
                        GatewaySchema.closed(List.of("present"), "present", object("enum", List.of(true, "true")));
                of.put("additionalProperties", anyOf(ref("text"), present));
            }
            properties.put(part.name(), of);
        }
        schema.put("properties", properties);
        OptionSchema.describe(option, schema);
        return schema;
    }
}
