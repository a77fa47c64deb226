package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimiter;
import java.util.List;

/** Lets tests of shared counts ask the one that counts in this process. */
public final class CountsAlone {

    private CountsAlone() {}

    /** One that knows these limits. */
    public static RateLimiter of(List<RateLimit> limits) {
        return new LocalRateLimiter(limits, 1_000);
    }
}
