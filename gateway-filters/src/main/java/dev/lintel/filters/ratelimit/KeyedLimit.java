package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit;

/**
 * A limit and whom it counts for. Immutable and thread-safe.
 *
 * @param limit the limit
 * @param key whom it counts for
 */
record KeyedLimit(RateLimit limit, LimitKey key) {}
