package dev.lintel.filters.ratelimit;

import java.util.List;

/**
 * The options of one filter. Immutable and thread-safe.
 *
 * @param limits the limits, in order
 * @param headers which fields tell clients how they stand
 * @param maxKeys how many keys each limit remembers
 */
record RateLimitOptions(List<KeyedLimit> limits, RateLimitFilter.Headers headers, int maxKeys) {

    RateLimitOptions {
        limits = List.copyOf(limits);
    }

    /** Whether a limit counts by something that is known only after authentication. */
    boolean needsCaller() {
        return limits.stream().anyMatch(limit -> limit.key().needsCaller());
    }
}
