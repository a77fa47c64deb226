package dev.lintel.limit;

import static java.util.Objects.requireNonNull;

import dev.lintel.Time;
import java.util.List;

/**
 * Keeps count. Never waits for anything but short locks. Implementations are thread-safe, bounded in memory, and never give
 * a key more than its limit by forgetting what it has used.
 */
public interface RateLimiter {

    /**
     * One limit to be charged for one key.
     *
     * @param limit the limit
     * @param key whom it counts for
     * @param cost how many units are used, at least 1; more than the limit's quota is never granted
     */
    record Charge(RateLimit limit, KeyHash key, long cost) {

        /** Checks the cost. */
        public Charge {
            requireNonNull(limit, "limit");
            requireNonNull(key, "key");
            if (cost < 1) {
                throw new IllegalArgumentException("cost: " + cost + " (expected: at least 1)");
            }
        }
    }

    /**
     * Charges all or nothing. While several threads ask at once a request may be refused that would have been allowed an
     * instant later; none is allowed that should have been refused.
     *
     * @param charges what to charge; if empty the decision is {@link RateLimitDecision.Skipped}
     * @param time the clocks to go by
     * @throws IllegalArgumentException if a limit is not known here
     */
    RateLimitDecision acquire(List<Charge> charges, Time time);

    /** What {@link #acquire} would decide now, without any effect. */
    RateLimitDecision peek(List<Charge> charges, Time time);
}
