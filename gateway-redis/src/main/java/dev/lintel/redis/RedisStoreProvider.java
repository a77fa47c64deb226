package dev.lintel.redis;

import dev.lintel.limit.RateLimitStore;
import dev.lintel.limit.RateLimitStoreProvider;
import java.util.Map;

/**
 * Opens stores of the kind {@code redis} by options with the names of {@link RedisStoreBuilder}. Opened again with the same options it
 * is the same store, so that a gateway that takes the place of another goes on with its connection. Thread-safe.
 */
public final class RedisStoreProvider implements RateLimitStoreProvider {

    private static final OpenStores OPEN = new OpenStores();

    /** For {@link java.util.ServiceLoader}. */
    public RedisStoreProvider() {}

    @Override
    public String kind() {
        return "redis";
    }

    @Override
    public RateLimitStore open(Map<String, String> options) {
        return OPEN.open(options);
    }
}
