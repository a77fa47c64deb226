package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import java.util.Collection;
import java.util.List;

/**
 * Counts in this process. Thread-safe.
 *
 * <p>Several limits are charged one after the other; when one has too little, those before it get back what they gave. In
 * between they may refuse somebody else, but nobody gets more than a limit has.
 */
final class LocalRateLimiter implements RateLimiter {

    private final CountedLimit[] limits;

    /**
     * @param limits the limits that are known here
     * @param maxKeys how many keys each of them remembers, at least 1
     */
    LocalRateLimiter(Collection<RateLimit> limits, int maxKeys) {
        this(limits.stream().map(limit -> CountedLimit.of(limit, maxKeys)).toList());
    }

    LocalRateLimiter(List<CountedLimit> limits) {
        this.limits = limits.toArray(CountedLimit[]::new);
    }

    @Override
    public RateLimitDecision acquire(List<Charge> charges, Time time) {
        Clocks clocks = new Clocks(time);
        if (charges.size() == 1) {
            // by far the most frequent case, and one that needs no lists of its own
            Charge charge = charges.get(0);
            return decision(Reservation.take(charge, counted(charge.limit()), clocks));
        }
        Reservation[] made = new Reservation[charges.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = Reservation.take(charges.get(i), counted(charges.get(i).limit()), clocks);
            if (!made[i].isGranted()) {
                for (int before = 0; before < i; before++) {
                    made[before].giveBack();
                }
                look(charges, i + 1, made, clocks);
                break;
            }
        }
        return decision(made);
    }

    @Override
    public RateLimitDecision peek(List<Charge> charges, Time time) {
        Reservation[] made = new Reservation[charges.size()];
        look(charges, 0, made, new Clocks(time));
        return decision(made);
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

    private void look(List<Charge> charges, int from, Reservation[] made, Clocks clocks) {
        for (int i = from; i < made.length; i++) {
            made[i] = Reservation.look(charges.get(i), counted(charges.get(i).limit()), clocks);
        }
    }

    private static RateLimitDecision decision(Reservation one) {
        List<LimitState> states = List.of(one.tell());
        return one.isGranted()
                ? RateLimitDecision.allowed(states, 0)
                : RateLimitDecision.refused(states, secondsToWait(one.nanosToWait()));
    }

    private static long secondsToWait(long nanos) {
        return Math.max(1, Reservation.seconds(nanos));
    }

    private static RateLimitDecision decision(Reservation[] made) {
        if (made.length == 0) {
            return RateLimitDecision.none();
        }
        LimitState[] states = new LimitState[made.length];
        boolean granted = true;
        long nanosToWait = 0;
        for (int i = 0; i < made.length; i++) {
            states[i] = made[i].tell();
            if (!made[i].isGranted()) {
                granted = false;
                nanosToWait = Math.max(nanosToWait, made[i].nanosToWait());
            }
        }
        return granted
                ? RateLimitDecision.allowed(List.of(states), 0)
                : RateLimitDecision.refused(List.of(states), secondsToWait(nanosToWait));
    }
}
