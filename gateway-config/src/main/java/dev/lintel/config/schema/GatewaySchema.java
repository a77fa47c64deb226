package dev.lintel.config.schema;

import static dev.lintel.config.schema.OptionSchema.anyOf;
import static dev.lintel.config.schema.OptionSchema.object;
import static dev.lintel.config.schema.OptionSchema.ref;

import dev.lintel.GatewayBuilder;
import dev.lintel.config.lint.Lints;
import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.Option;
import dev.lintel.server.ServerBuilder;
import dev.lintel.upstream.Upstream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of {@code gateway.yaml}: what editors complete and check while a file is written. It accepts every file
 * that can be loaded and is written as the docs write it; what depends on more than one option, such as two filters for one kind of
 * credential, is found when the file is loaded only. Thread-safe.
 */
public final class GatewaySchema {

    /** Where the schema of this version of files is. */
    public static final String ID = "https://lintel.dev/schema/gateway-1.json";

    /** The schema for the filters and stores of Lintel itself, as a resource beside this class. */
    public static final String RESOURCE = "gateway-1.json";

    private GatewaySchema() {}

    /**
     * The schema, with all filters and stores that libraries bring.
     *
     * @param loader finds the libraries
     * @return JSON
     */
    public static String text(ClassLoader loader) {
        return text(
                FilterKinds.installed(loader).values(),
                RateLimitStoreProvider.installed(loader).values());
    }

    /**
     * The schema.
     *
     * @param filters those that files may name
     * @param stores those that files may have limits counted in
     * @return JSON
     */
    public static String text(Collection<FilterKind> filters, Collection<RateLimitStoreProvider> stores) {
        return JsonWriter.write(tree(filters, stores));
    }

    static Map<String, Object> tree(Collection<FilterKind> filters, Collection<RateLimitStoreProvider> stores) {
        Map<String, Object> definitions = OptionSchema.definitions();
        FilterSchema.define(filters, definitions);
        RouteSchema.define(definitions);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("version", object("description", "the version of this form of files", "enum", List.of(1, "1")));
        properties.put("include", texts("further files, folders or patterns such as conf.d/*.yaml"));
        properties.put("server", server());
        for (Option<?> option : GatewayBuilder.catalogue().options()) {
            properties.put(option.name(), OptionSchema.of(option));
        }
        properties.put("filters", filters("filters for every request, in order"));
        properties.put(
                "upstreams",
                object(
                        "description",
                        "services behind the gateway, by name",
                        "type",
                        "object",
                        "additionalProperties",
                        upstream()));
        properties.put(
                "consumers",
                object("description", "who has which API keys", "type", "array", "items", ref("consumer")));
        properties.put("stores", StoreSchema.of(stores));
        properties.put("routes", object("description", "where requests go", "type", "array", "items", ref("route")));
        properties.put("otherwise", ref("destination"));
        properties.put(
                "tests",
                object(
                        "description",
                        "requests, and what is to become of them",
                        "type",
                        "array",
                        "items",
                        ref("test")));
        properties.put("lint", lint());
        definitions.put("consumer", consumer());
        definitions.put("test", test());
        Map<String, Object> schema =
                object("$schema", "https://json-schema.org/draft/2020-12/schema", "$id", ID, "title", "gateway.yaml");
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("patternProperties", object("^x-", object("description", "for anchors; not read")));
        schema.put("additionalProperties", false);
        schema.put("$defs", definitions);
        return schema;
    }

    private static Map<String, Object> lint() {
        Map<String, Object> levels = new LinkedHashMap<>();
        // YAML readers of version 1.1 take off for false
        Lints.ALL.forEach(name -> levels.put(name, object("enum", List.of("off", "warning", "error", false))));
        Map<String, Object> schema = object("description", "how much each warning weighs", "type", "object");
        schema.put("properties", levels);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Also takes what the gateway itself is told of proxies, since that is where readers look for it. */
    private static Map<String, Object> server() {
        Map<String, Object> schema = OptionSchema.of(ServerBuilder.catalogue());
        Map<String, Object> properties = OptionSchema.properties(ServerBuilder.catalogue());
        for (String name : List.of("trustedProxies", "forwardedBy")) {
            GatewayBuilder.catalogue().find(name).ifPresent(option -> properties.put(name, OptionSchema.of(option)));
        }
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> upstream() {
        Map<String, Object> urls = object("type", "array", "items", ref("text"), "minItems", 1);
        return anyOf(ref("text"), urls, OptionSchema.of(Upstream.catalogue()));
    }

    static Map<String, Object> filters(String description) {
        return object("description", description, "type", List.of("array", "null"), "items", ref("filter"));
    }

    static Map<String, Object> texts(String description) {
        return object(
                "description",
                description,
                "anyOf",
                List.of(ref("text"), object("type", "array", "items", ref("text"))));
    }

    private static Map<String, Object> consumer() {
        return closed(
                List.of("id"),
                "id",
                described("a name"),
                "apiKeySha256",
                texts("the SHA-256 of a key, or of several, as 64 hexadecimal digits"),
                "apiKeySha256File",
                described("a file that holds it"));
    }

    private static Map<String, Object> test() {
        Map<String, Object> expect = closed(
                List.of(),
                "route",
                described("the id of the route that it meets, or none"),
                "status",
                anyOf(object("type", "integer", "minimum", 100, "maximum", 599), ref("reference")),
                "upstreamPath",
                described("the path, with its query, that the upstream sees"));
        return closed(
                List.of("request", "expect"),
                "request",
                described("a method and a target, such as GET /orders/1?page=2"),
                "name",
                described("what the test is called"),
                "headers",
                object("type", "object", "additionalProperties", ref("text")),
                "clientAddress",
                described("where the request comes from"),
                "expect",
                expect);
    }

    static Map<String, Object> described(String description) {
        return object("description", description, "$ref", "#/$defs/text");
    }

    /** A map with these members and no others. */
    static Map<String, Object> closed(List<String> required, Object... properties) {
        Map<String, Object> schema = object("type", "object", "properties", object(properties));
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
