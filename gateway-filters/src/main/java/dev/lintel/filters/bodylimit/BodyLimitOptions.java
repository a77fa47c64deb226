package dev.lintel.filters.bodylimit;

/**
 * The options of a {@link BodyLimitFilter}; checked by its builder.
 *
 * @param maxSize the longest body allowed, in bytes
 */
record BodyLimitOptions(long maxSize) {

    static final BodyLimitOptions DEFAULT = new BodyLimitOptions(BodyLimitCatalogue.MAX_SIZE.otherwise());
}
