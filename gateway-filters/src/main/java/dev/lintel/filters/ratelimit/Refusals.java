package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimitDecision;
import dev.lintel.reject.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The answers to requests that do not pass. */
final class Refusals {

    private Refusals() {}

    /**
     * The answer to a request that came too soon (RFC 6585 section 4).
     *
     * @param status 429 or 503
     */
    static Rejection of(RateLimitDecision refused, int status) {
        String wait = Long.toString(refused.retryAfterSeconds());
        if (refused == StoreGate.UNCOUNTED) {
            return Rejection.gateway(503, "limit-store-unavailable", "Limits cannot be checked now; try again later.")
                    .withHeader("Retry-After", wait);
        }
        List<String> exceeded = new ArrayList<>(1);
        for (int i = 0; i < refused.size(); i++) {
            if (refused.isExceeded(i)) {
                exceeded.add(refused.limit(i).name());
            }
        }
        String rule = "rate-limit-exceeded";
        String detail = "There were too many requests; try again later.";
        Rejection rejection =
                status == 503 ? Rejection.gateway(503, rule, detail) : Rejection.client(429, rule, detail);
        return rejection.withHeader("Retry-After", wait).withViolatedPolicies(exceeded);
    }
}
