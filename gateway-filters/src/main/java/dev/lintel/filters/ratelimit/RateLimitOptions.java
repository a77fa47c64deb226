package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimitStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of one filter. Immutable and thread-safe.
 *
 * @param limits the limits, in order
 * @param headers which fields tell clients how they stand
 * @param status of refusals, 429 or 503
 * @param maxKeys how many keys each limit remembers
 * @param maxWaiting how many requests may wait at a time
 * @param store where counts are kept if not here
 */
record RateLimitOptions(
        List<LimitSetting> limits,
        RateLimitFilter.Headers headers,
        int status,
        int maxKeys,
        int maxWaiting,
        @Nullable Store store) {

    RateLimitOptions {
        limits = List.copyOf(limits);
    }

    /**
     * How a store is used.
     *
     * @param open gives it
     * @param closes whether the filter closes it
     * @param deadline how long it is waited for
     * @param onError what becomes of requests when it does not answer
     * @param instances how many gateways share it
     * @param scope what tells these limits from others in the store; null for the filter's name
     */
    record Store(
            Supplier<RateLimitStore> open,
            boolean closes,
            Duration deadline,
            RateLimitFilter.StoreError onError,
            int instances,
            @Nullable String scope) {}

    /** Whether a limit counts by something that is known only after authentication. */
    boolean needsCaller() {
        return limits.stream().anyMatch(LimitSetting::needsCaller);
    }
}
