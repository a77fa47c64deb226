package dev.lintel.upstream;

import dev.lintel.option.Option;
import dev.lintel.option.Problems;
import java.time.Duration;

/**
 * How long a route waits for its upstream. Immutable and thread-safe.
 *
 * @param connect for a connection to one target, 1 ms to 1 h; then 504, or 503 if all connections are in use
 * @param firstByte from the request sent whole to the answer's head received whole, 1 ms to 24 h; then 504
 * @param idle between two pieces of a body in either direction, 1 ms to 24 h; then 408 if the client's is awaited, else 504; the
 *     connection is reset if the answer has begun
 * @param total for the whole exchange, 1 ms to 365 d, or zero for no limit, as streams need
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {

    /** The option of a route for {@code connect}. */
    public static final Option<Duration> CONNECT_TIMEOUT = Option.duration(
                    "connectTimeout",
                    Duration.ofMillis(1),
                    Duration.ofHours(1),
                    "the longest time to get a connection to one target; then 504, or 503 if all that `maxConnections`"
                            + " allows are in use")
            .or(Duration.ofSeconds(2));

    /** The option of a route for {@code firstByte}. */
    public static final Option<Duration> FIRST_BYTE_TIMEOUT = Option.duration(
                    "firstByteTimeout",
                    Duration.ofMillis(1),
                    Duration.ofHours(24),
                    "the longest time from the request sent to the answer's head; then 504")
            .or(Duration.ofSeconds(30));

    /** The option of a route for {@code idle}. */
    public static final Option<Duration> IDLE_TIMEOUT = Option.duration(
                    "idleTimeout",
                    Duration.ofMillis(1),
                    Duration.ofHours(24),
                    "the longest time between two pieces of a body; then 408 if the client's is awaited, else 504;"
                            + " once the answer has begun the connection is broken")
            .or(Duration.ofSeconds(30));

    /** The option of a route for {@code total}. */
    public static final Option<Duration> TOTAL_TIMEOUT = Option.durationOrZero(
                    "totalTimeout",
                    Duration.ofMillis(1),
                    Duration.ofDays(365),
                    "the longest time for the whole exchange; then 504, or the connection is broken; `0` for no limit")
            .or(Duration.ZERO);

    /** 2 s to connect, 30 s for the head, 30 s between pieces, no limit in all. */
    public static final Timeouts DEFAULT = new Timeouts(
            CONNECT_TIMEOUT.otherwise(),
            FIRST_BYTE_TIMEOUT.otherwise(),
            IDLE_TIMEOUT.otherwise(),
            TOTAL_TIMEOUT.otherwise());

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
        CONNECT_TIMEOUT.check(connect, problems);
        FIRST_BYTE_TIMEOUT.check(firstByte, problems);
        IDLE_TIMEOUT.check(idle, problems);
        TOTAL_TIMEOUT.check(total, problems);
    }
}
