package dev.lintel.explain;

import org.jspecify.annotations.Nullable;

/** Knows where the elements of a gateway were written, such as {@code gateway.yaml:12}. Thread-safe. */
@FunctionalInterface
public interface Places {

    /** Knows nothing. */
    Places UNKNOWN = element -> null;

    /**
     * Where an element was written; null if that is not known.
     *
     * @param element {@code routes.NAME}, {@code upstreams.NAME}, {@code otherwise}, {@code filters[0]} for the first of the gateway's own
     *     filters, {@code routes.NAME.filters[0]} for the first of a route's
     */
    @Nullable
    String of(String element);
}
