package dev.lintel.limit;

import java.util.List;

/** A decision made from the states of its limits. */
record StatedDecision(boolean isAllowed, List<LimitState> states, long retryAfterSeconds, long delayMillis)
        implements RateLimitDecision {

    static final StatedDecision NONE = new StatedDecision(true, List.of(), 0, 0);

    /** Copies the list and checks the numbers. */
    StatedDecision {
        states = List.copyOf(states);
        if (isAllowed ? retryAfterSeconds != 0 : retryAfterSeconds < 1) {
            throw new IllegalArgumentException(
                    "retryAfterSeconds: " + retryAfterSeconds + " (expected: at least 1 if refused, else 0)");
        }
        if (delayMillis < 0) {
            throw new IllegalArgumentException("delayMillis: " + delayMillis + " (expected: at least 0)");
        }
    }
}
