package dev.lintel.upstream;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
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

    private static final Option<Long> BYTES_PER_SECOND = Option.size(
                    "bytesPerSecond", 0, 1L << 30, "what a client has to send on average; `0` for no limit")
            .or(240L);

    private static final Option<Duration> GRACE = Option.duration(
                    "grace", Duration.ofMillis(1), Duration.ofHours(1), "how long it may fall behind that")
            .or(Duration.ofSeconds(30));

    private static final OptionCatalogue CATALOGUE =
            OptionCatalogue.of("minBodyRate", "how fast a body has to come from the client", BYTES_PER_SECOND, GRACE);

    /** 240 bytes a second, which any modem can do, and 30 s of grace. */
    public static final BodyRate DEFAULT = new BodyRate(BYTES_PER_SECOND.otherwise(), GRACE.otherwise());

    /** Its parts, as options. */
    public static OptionCatalogue catalogue() {
        return CATALOGUE;
    }

    /**
     * Notes what is out of range.
     *
     * @param problems where it is noted
     */
    public void check(Problems problems) {
        Problems own = problems.under("minBodyRate");
        BYTES_PER_SECOND.check(bytesPerSecond, own);
        GRACE.check(grace, own);
    }
}
