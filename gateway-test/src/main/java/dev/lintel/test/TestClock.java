package dev.lintel.test;

import dev.lintel.Time;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves when it is told to: the time of day and the monotonic time together. Thread-safe. */
public final class TestClock {

    private final MutableClock clock;

    private TestClock(MutableClock clock) {
        this.clock = clock;
    }

    /** A clock that stands at a time of day. */
    public static TestClock at(Instant start) {
        return new TestClock(MutableClock.at(start));
    }

    /**
     * A clock that stands at a time of day.
     *
     * @param start such as {@code 2026-03-01T12:00:00Z}
     */
    public static TestClock at(String start) {
        return at(Instant.parse(start));
    }

    /** Moves it forward. */
    public TestClock advance(Duration by) {
        clock.advance(by);
        return this;
    }

    /** What it shows. */
    public Instant instant() {
        return clock.instant();
    }

    /** Both clocks for {@code Gateway.builder().time(...)}. */
    public Time time() {
        return new Time(clock, clock.monotonic());
    }

    @Override
    public String toString() {
        return instant().toString();
    }
}
