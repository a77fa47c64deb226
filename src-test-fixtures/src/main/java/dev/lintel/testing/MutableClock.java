package dev.lintel.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that moves when the test says so: wall-clock time as an {@link InstantSource}, and monotonic nanoseconds that
 * do not follow when the wall clock is set. Thread-safe.
 *
 * <p>The nanoseconds begin at a negative number, as those of {@link System#nanoTime} may.
 */
public final class MutableClock implements InstantSource {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final LongSupplier monotonic = this::nanos;
    private Instant wall;
    private long nanos = -60_000_000_000L;

    private MutableClock(Instant wall) {
        this.wall = wall;
    }

    /** Begins at 2026-01-01T00:00:00Z. */
    public static MutableClock create() {
        return at(FIRST);
    }

    /** Begins at that instant. */
    public static MutableClock at(Instant start) {
        return new MutableClock(start);
    }

    /** The wall-clock time. */
    @Override
    public synchronized Instant instant() {
        return wall;
    }

    /** The monotonic time in nanoseconds, with an arbitrary origin. */
    public synchronized long nanos() {
        return nanos;
    }

    /** {@link #nanos} as the supplier that takes the place of {@link System#nanoTime}; always the same object. */
    public LongSupplier monotonic() {
        return monotonic;
    }

    /** Moves both times forward, by zero or more. */
    public synchronized MutableClock advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: " + by + " (expected: zero or more; setWallClock goes back)");
        }
        wall = wall.plus(by);
        nanos += by.toNanos();
        return this;
    }

    /** Sets the wall clock, forward or back; the monotonic time does not change. */
    public synchronized MutableClock setWallClock(Instant to) {
        wall = to;
        return this;
    }

    @Override
    public synchronized String toString() {
        return wall + " / " + nanos + " ns";
    }
}
