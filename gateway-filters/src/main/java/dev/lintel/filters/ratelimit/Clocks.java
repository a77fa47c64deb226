package dev.lintel.filters.ratelimit;

import dev.lintel.Time;

/** The time of one decision, each clock read at most once. Confined to one request. */
final class Clocks {

    private final Time time;
    private final long nanos;
    private boolean millisRead;
    private long millis;

    Clocks(Time time) {
        this.time = time;
        this.nanos = time.nanos().getAsLong();
    }

    /** The monotonic clock. */
    long nanos() {
        return nanos;
    }

    /** The wall clock, in milliseconds since 1970. */
    long millis() {
        if (!millisRead) {
            millis = time.wall().millis();
            millisRead = true;
        }
        return millis;
    }
}
