package dev.lintel.redis;

import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimitDecision;
import java.util.List;

/**
 * A decision by Redis, with what settling it needs. Immutable and thread-safe.
 *
 * @param marks when each limit was charged, as its settlement has to say
 */
record SharedDecision(
        boolean isAllowed, List<LimitState> states, long retryAfterSeconds, long delayMillis, List<Long> marks)
        implements RateLimitDecision {

    SharedDecision {
        states = List.copyOf(states);
        marks = List.copyOf(marks);
    }

    /** The same refusal a while later. */
    SharedDecision refusedFor(long seconds) {
        return new SharedDecision(false, states, seconds, 0, marks);
    }

    long mark(int index) {
        return marks.get(index);
    }
}
