package dev.lintel.filters.ratelimit;

import dev.lintel.filter.GatewayState;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit;
import java.util.List;

/**
 * What is kept of a limit when a gateway is replaced by one with the same limit. Thread-safe.
 *
 * @param counted what was counted
 * @param hasher by which its keys are known there
 */
record KeptLimit(CountedLimit counted, KeyHasher hasher) {

    /** Goes on counting, or begins if nothing is known of a limit that counts the same for the same keys. */
    static KeptLimit take(RateLimit limit, LimitKey key, int maxKeys, GatewayState.Part state) {
        List<Object> shape = List.of(limit, key.parts(), key.ipv6Prefix(), maxKeys);
        return state.take(
                KeptLimit.class, shape, () -> new KeptLimit(CountedLimit.of(limit, maxKeys), KeyHasher.random()));
    }
}
