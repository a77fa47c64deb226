package dev.lintel.filters.cache;

import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.filters.cache.CacheControl.Seconds;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was found for a request.
 *
 * @param usable may be answered as it is; null for nothing
 * @param stale may be asked about, or stand in for an error; null for nothing
 * @param why what Cache-Status says of a request that goes on
 */
record Lookup(@Nullable StoredResponse usable, @Nullable StoredResponse stale, String why) {

    static Lookup of(
            @Nullable Variants kept, Asked asked, HttpServletRequest request, CacheOptions options, long nowNanos) {
        StoredResponse found = kept == null ? null : kept.select(request, asked);
        if (found == null) {
            return new Lookup(null, null, kept == null ? "uri-miss" : "vary-miss");
        }
        boolean fresh = found.isFresh(nowNanos);
        if (!options.clientsMayRevalidate()) {
            return fresh ? new Lookup(found, null, "") : new Lookup(null, found, "stale");
        }
        CacheControl wish = asked.control();
        if (wish.says(Flag.NO_CACHE) || wish.says(Flag.NO_STORE) || !isYoungEnough(found.freshness(), wish, nowNanos)) {
            return new Lookup(null, found, fresh ? "request" : "stale");
        }
        boolean usable = fresh || isNotTooStale(found, wish, nowNanos);
        return usable ? new Lookup(found, null, "") : new Lookup(null, found, "stale");
    }

    private static boolean isYoungEnough(Freshness freshness, CacheControl wish, long nowNanos) {
        return (!wish.has(Seconds.MAX_AGE) || freshness.age(nowNanos) <= wish.seconds(Seconds.MAX_AGE))
                && (!wish.has(Seconds.MIN_FRESH) || freshness.left(nowNanos) >= wish.seconds(Seconds.MIN_FRESH));
    }

    private static boolean isNotTooStale(StoredResponse found, CacheControl wish, long nowNanos) {
        return wish.has(Seconds.MAX_STALE)
                && !found.control().forbidsStale()
                && -found.freshness().left(nowNanos) <= wish.seconds(Seconds.MAX_STALE);
    }

    /** What Cache-Status says of what is answered. */
    String told(long nowNanos) {
        return "lintel; hit; ttl=" + (usable == null ? 0 : usable.freshness().left(nowNanos));
    }
}
