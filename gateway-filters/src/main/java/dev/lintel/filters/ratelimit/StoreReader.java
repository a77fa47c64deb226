package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.OptionReader;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Reads which store keeps count, if not this process: {@code store} and what it is told, {@code storeOptions.OPTION}. */
final class StoreReader {

    private StoreReader() {}

    static void read(OptionReader options, RateLimitFilterBuilder builder) {
        Optional<String> kind = options.given(RateLimitCatalogue.STORE);
        Map<String, String> own = options.given(RateLimitCatalogue.STORE_OPTIONS)
                .map(OptionReader::params)
                .orElse(Map.of());
        builder.storeDeadline(options.value(RateLimitCatalogue.STORE_DEADLINE));
        builder.onStoreFailure(options.value(RateLimitCatalogue.ON_STORE_FAILURE));
        builder.instances(options.value(RateLimitCatalogue.INSTANCES).intValue());
        options.given(RateLimitCatalogue.SCOPE).ifPresent(builder::scope);
        if (kind.isEmpty()) {
            options.problems().require(own.isEmpty(), "storeOptions", "given", "a store that they are for");
            return;
        }
        Map<String, RateLimitStoreProvider> known = providers();
        RateLimitStoreProvider provider = known.get(kind.get());
        if (provider == null) {
            options.problems()
                    .add(
                            "store",
                            kind.get(),
                            known.isEmpty()
                                    ? "none, since no module that provides one is on the class path"
                                    : "one of " + String.join(", ", known.keySet()));
        } else {
            builder.opened(() -> provider.open(own));
        }
    }

    private static Map<String, RateLimitStoreProvider> providers() {
        Map<String, RateLimitStoreProvider> known = new TreeMap<>();
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), StoreReader.class.getClassLoader()
                }) {
            try {
                ServiceLoader.load(RateLimitStoreProvider.class, loader)
                        .forEach(provider -> known.putIfAbsent(provider.kind(), provider));
            } catch (ServiceConfigurationError broken) {
                throw new IllegalStateException(
                        "store: " + broken.getMessage() + " (expected: a usable provider)", broken);
            }
        }
        return known;
    }
}
