package dev.lintel.filters.cache;

import dev.lintel.option.Problems;
import java.util.List;
import java.util.Set;

/** Describes a {@link CacheFilter}. Not thread-safe. */
public final class CacheFilterBuilder {

    private long maxSize = CacheCatalogue.MAX_SIZE.otherwise();
    private long maxEntrySize = CacheCatalogue.MAX_ENTRY_SIZE.otherwise();
    private long maxEntries = CacheCatalogue.MAX_ENTRIES.otherwise();
    private long maxVariants = CacheCatalogue.MAX_VARIANTS.otherwise();
    private long maxKeyLength = CacheCatalogue.MAX_KEY_LENGTH.otherwise();
    private List<String> ignoredCookies = List.of();
    private boolean clientsMayRevalidate = CacheCatalogue.CLIENTS_MAY_REVALIDATE.otherwise();
    private boolean heuristics = CacheCatalogue.HEURISTICS.otherwise();
    private boolean cacheStatus = CacheCatalogue.CACHE_STATUS.otherwise();

    CacheFilterBuilder() {}

    /** How many bytes all answers together may take, 64 KiB or more; 64 MiB by default. A quarter more while they are copied. */
    public CacheFilterBuilder maxSize(long bytes) {
        this.maxSize = bytes;
        return this;
    }

    /** The longest body that is kept, in bytes; 1 MiB by default. */
    public CacheFilterBuilder maxEntrySize(long bytes) {
        this.maxEntrySize = bytes;
        return this;
    }

    /** For how many URLs answers are kept; 10,000 by default. */
    public CacheFilterBuilder maxEntries(long urls) {
        this.maxEntries = urls;
        return this;
    }

    /** How many answers are kept for one URL, 1 to 64; 8 by default. */
    public CacheFilterBuilder maxVariants(long answers) {
        this.maxVariants = answers;
        return this;
    }

    /** Requests with longer URLs pass by, in characters; 2048 by default. */
    public CacheFilterBuilder maxKeyLength(long characters) {
        this.maxKeyLength = characters;
        return this;
    }

    /**
     * Cookies of requests that make no difference to any answer, such as those of an analysis of visits; {@code *} for any. A request
     * with another one passes by; none is ignored by default.
     */
    public CacheFilterBuilder ignoredCookies(String... names) {
        return ignoredCookies(List.of(names));
    }

    /** The same as a list. */
    public CacheFilterBuilder ignoredCookies(List<String> names) {
        this.ignoredCookies = List.copyOf(names);
        return this;
    }

    /** Whether what requests say of caches is obeyed (RFC 9111 section 5.2.1), so that anybody can have the upstream asked; not by default. */
    public CacheFilterBuilder clientsMayRevalidate(boolean obeyed) {
        this.clientsMayRevalidate = obeyed;
        return this;
    }

    /** Whether answers without a lifetime are kept for a tenth of the time since they were changed; not by default. */
    public CacheFilterBuilder heuristics(boolean guessed) {
        this.heuristics = guessed;
        return this;
    }

    /** Whether answers tell by {@code Cache-Status} (RFC 9211) where they come from; they do by default. */
    public CacheFilterBuilder cacheStatus(boolean told) {
        this.cacheStatus = told;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public CacheFilter build() {
        Problems problems = new Problems();
        CacheOptions options = options(problems);
        problems.throwIfAny("CacheFilter");
        return new CacheFilter(options);
    }

    CacheOptions options(Problems problems) {
        CacheCatalogue.MAX_SIZE.check(maxSize, problems);
        CacheCatalogue.MAX_ENTRY_SIZE.check(maxEntrySize, problems);
        CacheCatalogue.MAX_ENTRIES.check(maxEntries, problems);
        CacheCatalogue.MAX_VARIANTS.check(maxVariants, problems);
        CacheCatalogue.MAX_KEY_LENGTH.check(maxKeyLength, problems);
        CacheCatalogue.IGNORED_COOKIES.check(ignoredCookies, problems);
        problems.require(
                maxEntrySize <= maxSize || !problems.isEmpty(), "maxEntrySize", maxEntrySize, "at most maxSize");
        return new CacheOptions(
                maxSize,
                maxEntrySize,
                maxEntries,
                (int) maxVariants,
                (int) maxKeyLength,
                Set.copyOf(ignoredCookies),
                clientsMayRevalidate,
                heuristics,
                cacheStatus);
    }
}
