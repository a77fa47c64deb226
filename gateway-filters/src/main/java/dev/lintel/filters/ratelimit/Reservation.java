package dev.lintel.filters.ratelimit;

import dev.lintel.filters.ratelimit.BucketTable.Taken;
import dev.lintel.limit.Charge;
import dev.lintel.limit.LimitState;

/** One charge on its way: taken, perhaps put back, and told. Confined to one request. */
final class Reservation {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Charge charge;
    private final CountedLimit counted;
    private final Moment moment;
    private final boolean granted;
    private final boolean shared;
    private long state;

    private Reservation(Charge charge, CountedLimit counted, Moment moment, Taken taken) {
        this.charge = charge;
        this.counted = counted;
        this.moment = moment;
        this.granted = taken.granted();
        this.shared = taken.shared();
        this.state = taken.state();
    }

    /** Takes what is charged, if it is there. */
    static Reservation take(Charge charge, CountedLimit counted, Clocks clocks) {
        Moment moment = counted.arithmetic().moment(clocks);
        Taken taken = counted.buckets().take(charge.key(), moment, charge.cost());
        if (taken.shared()) {
            counted.overflow().note(clocks.nanos());
        }
        return new Reservation(charge, counted, moment, taken);
    }

    /** Looks whether what is charged is there, without any effect. */
    static Reservation look(Charge charge, CountedLimit counted, Clocks clocks) {
        Moment moment = counted.arithmetic().moment(clocks);
        long state = counted.buckets().peek(charge.key(), moment);
        boolean there = counted.arithmetic().has(state, moment, charge.cost());
        return new Reservation(charge, counted, moment, new Taken(there, false, state));
    }

    /** Whether it is, or was, there. */
    boolean isGranted() {
        return granted;
    }

    /** Puts back what was taken. */
    void giveBack() {
        state = counted.buckets().giveBack(charge.key(), moment, charge.cost(), shared);
    }

    /** Nanoseconds until what is charged can be there. */
    long nanosToWait() {
        return counted.arithmetic().nanosUntil(state, moment, charge.cost());
    }

    /** How the limit stands. */
    LimitState tell() {
        long remaining = counted.arithmetic().remaining(state, moment);
        boolean more = remaining < charge.limit().quota() || charge.limit().quota() == 0;
        long nanos = more ? counted.arithmetic().nanosUntil(state, moment, remaining + 1) : 0;
        return new LimitState(charge.limit(), remaining, seconds(nanos), !granted);
    }

    /** Whole seconds, rounded up. */
    static long seconds(long nanos) {
        return Math.floorDiv(nanos + NANOS_PER_SECOND - 1, NANOS_PER_SECOND);
    }
}
