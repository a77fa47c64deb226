package dev.lintel.redis;

import dev.lintel.limit.RateLimitStore;
import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.Problem;
import java.util.List;
import java.util.Map;

/**
 * Opens stores of the kind {@code redis} by options with the names of {@link RedisStoreBuilder}. Opened again with the same options it
 * is the same store, so that a gateway that takes the place of another goes on with its connection. Thread-safe.
 */
public final class RedisStoreProvider implements RateLimitStoreProvider {

    static final OpenStores OPEN = new OpenStores();

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

    @Override
    public OptionCatalogue catalogue() {
        return RedisCatalogue.ALL;
    }

    @Override
    public List<Problem> check(Map<String, String> options) {
        return OpenStores.check(options);
    }

    @Override
    public List<String> clearTextHosts(Map<String, String> options) {
        String uri = options.get(RedisCatalogue.URI.name());
        return uri == null || !RedisAddress.isAddress(uri)
                ? List.of()
                : RedisAddress.parse(uri).clearTextHosts();
    }
}
