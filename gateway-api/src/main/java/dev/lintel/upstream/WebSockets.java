package dev.lintel.upstream;

import dev.lintel.option.Option;
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

    /** The option of a route for {@code most}. */
    public static final Option<Long> MAX_WEB_SOCKETS = Option.number(
                    "maxWebSockets",
                    0,
                    1_000_000,
                    "the most WebSocket connections open at the same time, beyond it 503; with `0` none is passed on")
            .or(1_000L);

    /** The option of a route for {@code idle}. */
    public static final Option<Duration> WEB_SOCKET_IDLE_TIMEOUT = Option.duration(
                    "webSocketIdleTimeout",
                    Duration.ofSeconds(1),
                    Duration.ofHours(24),
                    "the longest time in which nothing passes on a WebSocket connection")
            .or(Duration.ofMinutes(5));

    /** 1,000 at the same time, 5 min without a byte. */
    public static final WebSockets DEFAULT =
            new WebSockets(MAX_WEB_SOCKETS.otherwise().intValue(), WEB_SOCKET_IDLE_TIMEOUT.otherwise());

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
        MAX_WEB_SOCKETS.check((long) most, problems);
        WEB_SOCKET_IDLE_TIMEOUT.check(idle, problems);
    }
}
