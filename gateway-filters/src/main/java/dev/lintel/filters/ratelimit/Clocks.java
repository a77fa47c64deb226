package dev.lintel.filters.ratelimit;

import dev.lintel.Time;

/** The time of one decision, each clock read once. Immutable. */
class Clocks {

    private final long nanos;
    private final long millis;

    /**
     * @param nanos the monotonic clock
     * @param millis the wall clock, in milliseconds since 1970
     */
    Clocks(long nanos, long millis) {
        this.nanos = nanos;
        this.millis = millis;
    }

    static Clocks of(Time time) {
        return new Clocks(time.nanos().getAsLong(), time.wall().millis());
    }

    /** The monotonic clock. */
    final long nanos() {
        return nanos;
    }

    /** The wall clock, in milliseconds since 1970. */
    final long millis() {
        return millis;
    }
}
