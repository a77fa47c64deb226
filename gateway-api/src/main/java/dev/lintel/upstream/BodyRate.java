package dev.lintel.upstream;

import dev.lintel.option.Problems;
import java.time.Duration;

/**
 * How fast a client has to send its body, so that bodies that trickle do not hold upstreams. Only the time counts in which the
 * client is waited for, never that in which the upstream takes no more. Immutable and thread-safe.
 *
 * @param bytesPerSecond what a client has to send on average, up to 1 GiB; 0 for no limit
 * @param grace how long it may fall behind that, 1 ms to 1 h; then 408
 */
public record BodyRate(long bytesPerSecond, Duration grace) {

    private static final long MOST = 1L << 30;

    /** 240 bytes a second, which any modem can do, and 30 s of grace. */
    public static final BodyRate DEFAULT = new BodyRate(240, Duration.ofSeconds(30));

    /**
     * Notes what is out of range.
     *
     * @param problems where it is noted
     */
    public void check(Problems problems) {
        problems.require(
                bytesPerSecond >= 0 && bytesPerSecond <= MOST,
                "minBodyRate",
                bytesPerSecond,
                "0 to 1073741824 bytes a second, 0 for no limit");
        boolean inRange = grace.compareTo(Duration.ofMillis(1)) >= 0 && grace.compareTo(Duration.ofHours(1)) <= 0;
        problems.require(inRange, "minBodyRate", grace, "a grace of 1 ms to 1 h");
    }
}
