package dev.lintel.config.schema;

import static dev.lintel.config.schema.OptionSchema.object;
import static dev.lintel.config.schema.OptionSchema.ref;

import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.OptionCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the schema of stores: {@code shared: { redis: redis://localhost:6379, namespace: shop }}. */
final class StoreSchema {

    private static final String URI = "uri";

    private StoreSchema() {}

    static Map<String, Object> of(Collection<RateLimitStoreProvider> kinds) {
        List<Object> stores = new ArrayList<>();
        for (RateLimitStoreProvider kind : kinds) {
            stores.add(store(kind.kind(), kind.catalogue()));
        }
        return object(
                "description",
                "where limits are counted that several gateways share, by name: a kind and its address, such as"
                        + " redis: redis://localhost:6379, and options",
                "type",
                "object",
                "additionalProperties",
                stores.isEmpty() ? false : OptionSchema.anyOf(stores.toArray()));
    }

    /** The address is the value of the kind itself. */
    private static Map<String, Object> store(String kind, OptionCatalogue catalogue) {
        Map<String, Object> schema = OptionSchema.of(catalogue);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(kind, ref("text"));
        OptionSchema.properties(catalogue)
                .forEach((name, option) -> properties.put(name.equals(URI) ? kind : name, option));
        schema.put("properties", properties);
        schema.put("required", List.of(kind));
        if (!catalogue.isDescribed()) {
            schema.put("additionalProperties", ref("text"));
        }
        return schema;
    }
}
