package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import java.util.List;

/**
 * A limit with its buckets. Thread-safe.
 *
 * @param limit the limit
 * @param arithmetic how it counts
 * @param buckets what was counted
 * @param overflow counts what had to share a bucket
 */
record CountedLimit(RateLimit limit, Arithmetic arithmetic, BucketTable buckets, Overflow overflow) {

    static CountedLimit of(RateLimit limit, int maxKeys) {
        Arithmetic arithmetic = arithmetic(limit);
        return new CountedLimit(
                limit, arithmetic, new BucketTable(arithmetic, maxKeys), new Overflow(limit.name(), maxKeys));
    }

    /** The same buckets for an equal limit, so that it is found by identity. */
    CountedLimit of(RateLimit equal) {
        return new CountedLimit(equal, arithmetic, buckets, overflow);
    }

    private static Arithmetic arithmetic(RateLimit limit) {
        if (limit instanceof RateLimit.TokenBucket bucket) {
            return new BucketArithmetic(bucket);
        }
        if (limit instanceof RateLimit.FixedWindow window) {
            return new WindowArithmetic(window);
        }
        if (limit instanceof RateLimit.BlockAll block) {
            return new NothingArithmetic(block);
        }
        throw new GatewayException(
                "limit", List.of(new Problem(limit.name(), limit.toString(), "one that can be counted here")));
    }
}
