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
 * @param total for the whole exchange, 1 ms to 365 d, or zero for no limit, as streams need
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
        problems.require(inRange(connect, 1), "connectTimeout", connect, "1 ms to 1 h");
        problems.require(inRange(firstByte, 24), "firstByteTimeout", firstByte, "1 ms to 24 h");
        problems.require(inRange(idle, 24), "idleTimeout", idle, "1 ms to 24 h");
        problems.require(
                total.isZero() || inRange(total, 8760), "totalTimeout", total, "1 ms to 8760 h, or zero for no limit");
    }

    private static boolean inRange(Duration duration, int mostHours) {
        return duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.compareTo(Duration.ofHours(mostHours)) <= 0;
    }
}
