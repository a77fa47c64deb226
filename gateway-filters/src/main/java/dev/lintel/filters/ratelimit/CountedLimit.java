package dev.lintel.filters.ratelimit;

import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;

/**
 * A limit with its buckets. Thread-safe.
 *
 * @param limit the limit
 * @param arithmetic how it counts
 * @param buckets what was counted
 * @param overflow counts what had to share a bucket
 * @param queue who waits for a permit
 */
record CountedLimit(RateLimit limit, Arithmetic arithmetic, BucketTable buckets, Overflow overflow, PermitQueue queue) {

    static CountedLimit of(RateLimit limit, int maxKeys) {
        Arithmetic arithmetic = arithmetic(limit);
        return new CountedLimit(
                limit,
                arithmetic,
                new BucketTable(arithmetic, maxKeys),
                new Overflow(limit.name(), maxKeys),
                new PermitQueue(limit instanceof RateLimit.Concurrency held ? held.queue() : 0));
    }

    /** The same buckets for an equal limit, so that it is found by identity. */
    CountedLimit of(RateLimit equal) {
        return new CountedLimit(equal, arithmetic, buckets, overflow, queue);
    }

    /** Whether units come back when requests end. */
    boolean isHeld() {
        return limit instanceof RateLimit.Concurrency;
    }

    /** Puts units back that were taken; returns how the bucket stands. */
    long giveBack(KeyHash key, long standing, Clocks taken, Clocks clocks, long cost) {
        long then = arithmetic.now(taken);
        return buckets.change(
                key,
                Standing.isShared(standing),
                clocks,
                (words, at, now) -> arithmetic.giveBack(words, at, now, then, cost));
    }

    /** Takes units whether they are there or not. */
    void owe(KeyHash key, long standing, Clocks clocks, long cost) {
        buckets.change(key, Standing.isShared(standing), clocks, new BucketTable.Change() {
            @Override
            public void apply(long[] words, int at, long now) {
                arithmetic.owe(words, at, now, cost);
            }

            @Override
            public boolean needsBucket() {
                return true;
            }
        });
    }

    private static Arithmetic arithmetic(RateLimit limit) {
        if (limit instanceof RateLimit.TokenBucket bucket) {
            return new BucketArithmetic(bucket);
        }
        if (limit instanceof RateLimit.FixedWindow window) {
            return new WindowArithmetic(window);
        }
        if (limit instanceof RateLimit.SlidingWindow window) {
            return new SlidingArithmetic(window);
        }
        if (limit instanceof RateLimit.LeakyBucket bucket) {
            return new LeakyArithmetic(bucket);
        }
        if (limit instanceof RateLimit.Concurrency permits) {
            return new ConcurrencyArithmetic(permits);
        }
        return new NothingArithmetic((RateLimit.BlockAll) limit);
    }
}
