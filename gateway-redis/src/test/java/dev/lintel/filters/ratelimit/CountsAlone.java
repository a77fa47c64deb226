package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import java.util.List;

/** Lets tests of shared counts ask the one that counts in this process. */
public final class CountsAlone {

    private CountsAlone() {}

    /** One that knows these limits. */
    public static RateLimiter of(List<RateLimit> limits) {
        return new LocalRateLimiter(limits, 1_000);
    }

    /** Ends a request that it has let in. */
    public static void end(RateLimiter alone, RateLimitDecision decision, List<Charge> charges, Time time) {
        ((LocalRateLimiter) alone).settle((CountedDecision) decision, charges, null, time);
    }
}
