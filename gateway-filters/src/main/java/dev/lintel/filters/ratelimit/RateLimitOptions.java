package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one filter. Immutable; thread-safe if the limiter is.
 *
 * @param limits the limits, in order
 * @param headers which fields tell clients how they stand
 * @param maxKeys how many keys each limit remembers
 * @param limiter who counts, or null for a count of the filter's own
 */
record RateLimitOptions(
        List<KeyedLimit> limits,
        RateLimitFilter.Headers headers,
        int maxKeys,
        @Nullable RateLimiter limiter) {

    static final int MAX_KEYS = 100_000;

    RateLimitOptions {
        limits = List.copyOf(limits);
    }

    /** Whether a limit counts by something that is known only after authentication. */
    boolean needsCaller() {
        return limits.stream().anyMatch(limit -> limit.key().needsCaller());
    }
}
