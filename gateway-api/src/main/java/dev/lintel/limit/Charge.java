package dev.lintel.limit;

import static java.util.Objects.requireNonNull;

/**
 * One limit to be charged for one key. Immutable and thread-safe.
 *
 * @param limit the limit
 * @param key whom it counts for
 * @param cost how many units are used, at least 1; more than the limit's quota is never granted. A
 *     {@link RateLimit.Concurrency} always uses one
 * @param observed whether the limit only counts: it refuses nothing, and is charged on its own if it has enough and all that are
 *     enforced were charged
 */
public record Charge(RateLimit limit, KeyHash key, long cost, boolean observed) {

    /** Checks the cost. */
    public Charge {
        requireNonNull(limit, "limit");
        requireNonNull(key, "key");
        if (cost < 1) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: at least 1)");
        }
    }

    /** A charge that is enforced. */
    public Charge(RateLimit limit, KeyHash key, long cost) {
        this(limit, key, cost, false);
    }
}
