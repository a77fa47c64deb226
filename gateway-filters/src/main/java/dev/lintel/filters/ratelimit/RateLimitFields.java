package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import java.time.Duration;
import java.util.List;

/**
 * Writes the fields {@code RateLimit-Policy} and {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers-10: lists of
 * structured fields (RFC 9651). Names of limits need no escaping in their strings.
 */
final class RateLimitFields {

    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    private RateLimitFields() {}

    /** {@code "per-user";q=100;w=60}: the quota, and the seconds in which it is granted, rounded up. */
    static String policy(List<LimitState> states) {
        StringBuilder field = new StringBuilder(32 * states.size());
        for (int i = 0; i < states.size(); i++) {
            RateLimit limit = states.get(i).limit();
            name(field, limit);
            field.append(";q=").append(limit.quota()).append(";w=").append(seconds(limit.window()));
        }
        return field.toString();
    }

    /** {@code "per-user";r=99;t=1}: what is left, and the seconds until there is more, unless there is none to come. */
    static String state(List<LimitState> states) {
        StringBuilder field = new StringBuilder(32 * states.size());
        for (int i = 0; i < states.size(); i++) {
            LimitState state = states.get(i);
            name(field, state.limit());
            field.append(";r=").append(state.remaining());
            if (state.secondsToMore() > 0) {
                field.append(";t=").append(state.secondsToMore());
            }
        }
        return field.toString();
    }

    private static void name(StringBuilder field, RateLimit limit) {
        field.append(field.isEmpty() ? "\"" : ", \"").append(limit.name()).append('"');
    }

    private static long seconds(Duration window) {
        return window.toSeconds() + (Duration.ofSeconds(window.toSeconds()).equals(window) ? 0 : 1);
    }
}
