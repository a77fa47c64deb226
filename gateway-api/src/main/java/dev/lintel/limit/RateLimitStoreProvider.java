package dev.lintel.limit;

import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores of one kind by options given as text, so that filters described by init-params or files can have one. Found by
 * {@link java.util.ServiceLoader}.
 */
public interface RateLimitStoreProvider {

    /** The kind, a lower-case word such as {@code redis}: the value of a filter's option {@code store}. */
    String kind();

    /**
     * Opens a store. Whether it can be reached is not waited for. Opened again with the same options it may be the same, which is
     * then closed when all who opened it have closed it.
     *
     * @param options names and values, without the prefix {@code storeOptions.}
     * @throws dev.lintel.option.GatewayException with every problem of the options
     */
    RateLimitStore open(Map<String, String> options);

    /**
     * The names of its options, which of them are secret and which are paths of files; not described unless overridden. Files give
     * the option {@code uri} as the value of the kind itself.
     */
    default OptionCatalogue catalogue() {
        return OptionCatalogue.undescribed(kind());
    }

    /**
     * What is wrong with options, as far as that is known without opening anything; empty if nothing is. A problem has the name of
     * its option and no secret.
     *
     * @param options as for {@link #open}
     */
    default List<Problem> check(Map<String, String> options) {
        return List.of();
    }

    /**
     * The hosts that a store opened by these options would speak to in clear text, without ports; none unless overridden, and none for
     * options that are wrong.
     *
     * @param options as for {@link #open}
     */
    default List<String> clearTextHosts(Map<String, String> options) {
        return List.of();
    }

    /**
     * Those that libraries bring, by their kinds.
     *
     * @param loader finds the libraries, beside the class loader of this class; null for that of the system
     * @throws IllegalStateException if one of them cannot be used
     */
    static Map<String, RateLimitStoreProvider> installed(@Nullable ClassLoader loader) {
        Map<String, RateLimitStoreProvider> known = new TreeMap<>();
        for (ClassLoader one : Arrays.asList(loader, RateLimitStoreProvider.class.getClassLoader())) {
            try {
                ServiceLoader.load(RateLimitStoreProvider.class, one)
                        .forEach(provider -> known.putIfAbsent(provider.kind(), provider));
            } catch (ServiceConfigurationError broken) {
                throw new IllegalStateException(
                        "store: " + broken.getMessage() + " (expected: a usable provider)", broken);
            }
        }
        return known;
    }
}
