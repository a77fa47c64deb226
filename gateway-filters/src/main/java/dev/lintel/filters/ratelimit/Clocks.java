package dev.lintel.filters.ratelimit;

import dev.lintel.Time;

/** The time of one decision, each clock read at most once. Confined to one request. */
final class Clocks {

    private final Time time;
    private final Moment monotonic;
    private boolean millisRead;
    private long millis;

    Clocks(Time time) {
        this.time = time;
        this.monotonic = new Moment(time.nanos().getAsLong(), 0);
    }

    /** The monotonic clock. */
    long nanos() {
        return monotonic.now();
    }

    /** The monotonic clock as a moment, the same for all limits that go by it. */
    Moment monotonic() {
        return monotonic;
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
