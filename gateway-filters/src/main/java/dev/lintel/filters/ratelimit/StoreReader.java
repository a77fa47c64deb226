package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimitStoreProvider;
import dev.lintel.option.OptionReader;
import java.util.Map;
import java.util.Optional;

/** Reads which store keeps count, if not this process: {@code store} and what it is told, {@code storeOptions.OPTION}. */
final class StoreReader {

    private StoreReader() {}

    static void read(OptionReader options, RateLimitFilterBuilder builder) {
        Optional<String> kind = options.given(RateLimitCatalogue.STORE);
        Map<String, String> own = options.given(RateLimitCatalogue.STORE_OPTIONS)
                .map(OptionReader::params)
                .orElse(Map.of());
        builder.storeDeadline(options.value(RateLimitCatalogue.STORE_DEADLINE));
        builder.onStoreError(options.value(RateLimitCatalogue.ON_STORE_ERROR));
        builder.instances(options.value(RateLimitCatalogue.INSTANCES).intValue());
        options.given(RateLimitCatalogue.SCOPE).ifPresent(builder::scope);
        if (kind.isEmpty()) {
            options.problems().require(own.isEmpty(), "storeOptions", "given", "a store that they are for");
            return;
        }
        Map<String, RateLimitStoreProvider> known =
                RateLimitStoreProvider.installed(Thread.currentThread().getContextClassLoader());
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
}
