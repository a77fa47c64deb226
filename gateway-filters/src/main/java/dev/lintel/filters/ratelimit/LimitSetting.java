package dev.lintel.filters.ratelimit;

import static java.util.Objects.requireNonNull;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit;

/**
 * A limit with all that a filter needs to apply it. Immutable and thread-safe.
 *
 * @param limit the limit
 * @param key whom it counts for
 * @param mode whether it refuses or only counts
 * @param cost how many units a request uses
 * @param tiers other numbers for some callers
 */
public record LimitSetting(RateLimit limit, LimitKey key, Mode mode, LimitCost cost, LimitTiers tiers) {

    /** What becomes of a request for which a limit has too little. */
    public enum Mode {
        /** It is refused. */
        ENFORCE,
        /** It goes on; the limit is charged and told like others, and logs say what it would have refused. */
        OBSERVE
    }

    /** Checks that no part is null. */
    public LimitSetting {
        requireNonNull(limit, "limit");
        requireNonNull(key, "key");
        requireNonNull(mode, "mode");
        requireNonNull(cost, "cost");
        requireNonNull(tiers, "tiers");
    }

    /** A limit by the client's address, enforced, one unit a request, the same numbers for everybody. */
    public static LimitSetting of(RateLimit limit) {
        return new LimitSetting(
                limit, LimitKey.by(LimitKey.address()), Mode.ENFORCE, LimitCost.Fixed.ONE, LimitTiers.none());
    }

    /** The same for others. */
    public LimitSetting key(LimitKey other) {
        return new LimitSetting(limit, other, mode, cost, tiers);
    }

    /** The same refusing or only counting. */
    public LimitSetting mode(Mode other) {
        return new LimitSetting(limit, key, other, cost, tiers);
    }

    /** The same with another cost. */
    public LimitSetting cost(LimitCost other) {
        return new LimitSetting(limit, key, mode, other, tiers);
    }

    /** The same with other numbers for some callers. */
    public LimitSetting tiers(LimitTiers others) {
        return new LimitSetting(limit, key, mode, cost, others);
    }

    /** Whether it needs to know the caller. */
    boolean needsCaller() {
        return key.needsCaller() || !tiers.limits().isEmpty();
    }
}
