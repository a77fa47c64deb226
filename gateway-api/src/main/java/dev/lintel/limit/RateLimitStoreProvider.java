package dev.lintel.limit;

import java.util.Map;

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
}
