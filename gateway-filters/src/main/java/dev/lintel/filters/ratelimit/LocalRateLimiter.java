package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts in this process. Thread-safe.
 *
 * <p>Several limits are charged one after the other; when one has too little, those before it get back what they gave. In
 * between they may refuse somebody else, but nobody gets more than a limit has.
 */
final class LocalRateLimiter implements RateLimiter {

    private final CountedLimit[] limits;
    private final boolean byWallClock;

    /**
     * @param limits the limits that are known here
     * @param maxKeys how many keys each of them remembers, at least 1
     */
    LocalRateLimiter(Collection<RateLimit> limits, int maxKeys) {
        this(limits.stream().map(limit -> CountedLimit.of(limit, maxKeys)).toList());
    }

    LocalRateLimiter(List<CountedLimit> limits) {
        this.limits = limits.toArray(CountedLimit[]::new);
        this.byWallClock = limits.stream().anyMatch(counted -> counted.limit() instanceof RateLimit.FixedWindow);
    }

    @Override
    public RateLimitDecision acquire(List<Charge> charges, Time time) {
        if (charges.isEmpty()) {
            return RateLimitDecision.none();
        }
        CountedDecision decision = begin(charges, time);
        acquire(decision, charges, 0L, null);
        return decision;
    }

    /**
     * Charges all or nothing, save permits that are held already.
     *
     * @param held which charges have been made before, as bits
     * @param standings how these stand, by index; null if there are none
     */
    CountedDecision acquire(List<Charge> charges, Time time, long held, long @Nullable [] standings) {
        CountedDecision decision = begin(charges, time);
        acquire(decision, charges, held, standings);
        return decision;
    }

    private void acquire(CountedDecision decision, List<Charge> charges, long held, long @Nullable [] standings) {
        int size = charges.size();
        boolean observes = false;
        for (int i = 0; i < size; i++) {
            Charge charge = charges.get(i);
            if (charge.observed()) {
                observes = true;
            } else if (standings != null && (held >> i & 1) != 0) {
                decision.standing(i, standings[i]);
            } else {
                decision.standing(i, take(charge, decision, decision));
                if (!decision.isAllowed()) {
                    giveBack(decision, charges, i, held);
                    look(decision, charges, i + 1, held);
                    observes = false;
                    break;
                }
            }
        }
        if (observes) {
            for (int i = 0; i < size; i++) {
                if (charges.get(i).observed()) {
                    decision.standing(i, take(charges.get(i), decision, null));
                }
            }
        }
    }

    @Override
    public RateLimitDecision peek(List<Charge> charges, Time time) {
        if (charges.isEmpty()) {
            return RateLimitDecision.none();
        }
        CountedDecision decision = begin(charges, time);
        look(decision, charges, 0, 0L);
        return decision;
    }

    /** Takes the units of one charge if they are there. */
    long take(Charge charge, Clocks clocks, @Nullable CountedDecision told) {
        CountedLimit counted = counted(charge.limit());
        long standing = counted.buckets().take(charge.key(), charge.cost(), clocks, told);
        if (Standing.isShared(standing)) {
            counted.overflow().note(clocks.nanos());
        }
        return standing;
    }

    /**
     * Settles a request that has ended, see {@link dev.lintel.limit.RateLimitStore#settle}.
     *
     * @param costs what each charge cost in the end; null if what was charged
     */
    void settle(CountedDecision decision, List<Charge> charges, long @Nullable [] costs, Time time) {
        Clocks now = Clocks.of(time);
        for (int i = 0; i < charges.size(); i++) {
            long standing = decision.standing(i);
            if (Standing.isCharged(standing)) {
                Charge charge = charges.get(i);
                settle(charge, standing, decision, now, costs == null ? charge.cost() : costs[i]);
            }
        }
    }

    private void settle(Charge charge, long standing, Clocks taken, Clocks now, long cost) {
        CountedLimit counted = counted(charge.limit());
        if (counted.isHeld()) {
            release(charge, standing, now);
        } else if (cost < charge.cost()) {
            counted.giveBack(charge.key(), standing, taken, now, charge.cost() - Math.max(0, cost));
        } else if (cost > charge.cost()) {
            counted.owe(charge.key(), standing, now, cost - charge.cost());
        }
    }

    /** Gives a permit back, or those that it counts as. */
    void release(Charge charge, long standing, Clocks now) {
        CountedLimit counted = counted(charge.limit());
        counted.queue()
                .pass(charge.key(), standing, () -> counted.giveBack(charge.key(), standing, now, now, charge.cost()));
    }

    /** A limit with its buckets. */
    CountedLimit counted(RateLimit limit) {
        for (CountedLimit counted : limits) {
            if (counted.limit() == limit) {
                return counted;
            }
        }
        for (CountedLimit counted : limits) {
            if (counted.limit().equals(limit)) {
                return counted;
            }
        }
        throw new IllegalArgumentException("limit: " + limit.name() + " (expected: one of those given at first)");
    }

    private CountedDecision begin(List<Charge> charges, Time time) {
        long nanos = time.nanos().getAsLong();
        return new CountedDecision(charges, nanos, byWallClock ? time.wall().millis() : 0);
    }

    private void giveBack(CountedDecision decision, List<Charge> charges, int end, long held) {
        for (int i = 0; i < end; i++) {
            Charge charge = charges.get(i);
            long standing = decision.standing(i);
            if ((held >> i & 1) == 0 && Standing.isCharged(standing)) {
                CountedLimit counted = counted(charge.limit());
                if (counted.isHeld()) {
                    release(charge, standing, decision);
                    decision.standing(i, counted.buckets().look(charge.key(), 1, decision, null));
                } else {
                    decision.standing(i, counted.giveBack(charge.key(), standing, decision, decision, charge.cost()));
                }
            }
        }
    }

    /** Looks how limits stand: those that are enforced from an index on, and all that are not. */
    private void look(CountedDecision decision, List<Charge> charges, int from, long held) {
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            boolean enforced = !charge.observed();
            if (enforced ? i >= from && (held >> i & 1) == 0 : true) {
                CountedDecision told = enforced ? decision : null;
                decision.standing(
                        i, counted(charge.limit()).buckets().look(charge.key(), charge.cost(), decision, told));
            }
        }
    }
}
