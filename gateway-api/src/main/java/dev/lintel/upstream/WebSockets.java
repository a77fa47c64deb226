package dev.lintel.upstream;

import dev.lintel.option.Problems;
import java.time.Duration;

/**
 * What holds for a route's WebSocket connections (RFC 6455), which go on after the filters have let their handshake pass.
 * Immutable and thread-safe.
 *
 * @param most how many may be open at the same time, 0 to 1,000,000; one more is refused with 503, all with 501 if 0
 * @param idle how long nothing may pass in either direction, pings included, 1 s to 24 h; then both sides are closed
 */
public record WebSockets(int most, Duration idle) {

    /** 1,000 at the same time, 5 min without a byte. */
    public static final WebSockets DEFAULT = new WebSockets(1_000, Duration.ofMinutes(5));

    /** The same with another number of connections. */
    public WebSockets withMost(int number) {
        return new WebSockets(number, idle);
    }

    /** The same with another time without a byte. */
    public WebSockets withIdle(Duration duration) {
        return new WebSockets(most, duration);
    }

    /**
     * Notes what is out of range.
     *
     * @param problems where it is noted
     */
    public void check(Problems problems) {
        problems.require(most >= 0 && most <= 1_000_000, "maxWebSockets", most, "0 to 1000000");
        boolean inRange = idle.compareTo(Duration.ofSeconds(1)) >= 0 && idle.compareTo(Duration.ofHours(24)) <= 0;
        problems.require(inRange, "webSocketIdleTimeout", idle, "1 s to 24 h");
    }
}
