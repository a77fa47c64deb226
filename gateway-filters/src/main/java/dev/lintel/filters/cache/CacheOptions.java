package dev.lintel.filters.cache;

import dev.lintel.option.Problems;
import java.util.Set;

/**
 * The options of a {@link CacheFilter}; checked by its builder.
 *
 * @param maxSize how much all answers together may take, in bytes
 * @param maxEntrySize the longest body that is kept, in bytes
 * @param maxEntries for how many URLs answers are kept
 * @param maxVariants how many answers are kept for one URL
 * @param maxKeyLength the longest URL, in characters
 * @param ignoredCookies names of cookies that make no difference; a star for any
 * @param clientsMayRevalidate whether what requests say of caches is obeyed
 * @param heuristics whether answers without a lifetime are kept
 * @param cacheStatus whether answers tell where they come from
 */
record CacheOptions(
        long maxSize,
        long maxEntrySize,
        long maxEntries,
        int maxVariants,
        int maxKeyLength,
        Set<String> ignoredCookies,
        boolean clientsMayRevalidate,
        boolean heuristics,
        boolean cacheStatus) {

    static final CacheOptions DEFAULT = CacheFilter.builder().options(new Problems());

    /** Whether a cookie of that name makes no difference. */
    boolean ignores(String cookie) {
        return ignoredCookies.contains(cookie) || ignoredCookies.contains("*");
    }
}
