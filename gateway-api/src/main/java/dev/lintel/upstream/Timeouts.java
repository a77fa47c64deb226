package dev.lintel.upstream;

import dev.lintel.option.Problems;
import java.time.Duration;

/**
 * How long a route waits for its upstream. Immutable and thread-safe.
 *
 * @param connect for a connection, 1 ms to 1 h; then 504
 * @param firstByte from the request sent whole to the answer's head received whole, 1 ms to 24 h; then 504
 * @param idle between two pieces of a body in either direction, 1 ms to 24 h; then 504, or the connection is reset if the
 *     answer has begun
 * @param total for the whole exchange, or zero for no limit, as streams need
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {

    /** 2 s to connect, 30 s for the head, 30 s between pieces, no limit in all. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ZERO);

    /** The same with another time to connect. */
    public Timeouts withConnect(Duration duration) {
        return new Timeouts(duration, firstByte, idle, total);
    }

    /** The same with another time for the answer's head. */
    public Timeouts withFirstByte(Duration duration) {
        return new Timeouts(connect, duration, idle, total);
    }

    /** The same with another time between pieces. */
    public Timeouts withIdle(Duration duration) {
        return new Timeouts(connect, firstByte, duration, total);
    }

    /** The same with another limit for the whole exchange; zero for none. */
    public Timeouts withTotal(Duration duration) {
        return new Timeouts(connect, firstByte, idle, duration);
    }

    /**
     * Notes what is out of range.
     *
     * @param problems where it is noted
     */
    public void check(Problems problems) {
        checkOne(problems, "connectTimeout", connect, Duration.ofHours(1));
        checkOne(problems, "firstByteTimeout", firstByte, Duration.ofHours(24));
        checkOne(problems, "idleTimeout", idle, Duration.ofHours(24));
        if (!total.isZero()) {
            checkOne(problems, "totalTimeout", total, Duration.ofDays(365));
        }
    }

    private static void checkOne(Problems problems, String name, Duration duration, Duration most) {
        boolean inRange = duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(most) <= 0;
        problems.require(inRange, name, duration, "1 ms to " + most.toHours() + " h");
    }
}
