package dev.lintel.redis;

import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import java.util.List;

/** A decision by Redis, with what settling it needs. Immutable and thread-safe. */
final class SharedDecision implements RateLimitDecision {

    private final boolean allowed;
    private final List<LimitState> states;
    private final long retryAfterSeconds;
    private final long delayMillis;
    private final long[] marks;

    SharedDecision(boolean allowed, List<LimitState> states, long retryAfterSeconds, long delayMillis, long[] marks) {
        this.allowed = allowed;
        this.states = List.copyOf(states);
        this.retryAfterSeconds = retryAfterSeconds;
        this.delayMillis = delayMillis;
        this.marks = marks.clone();
    }

    /** The same refusal a while later. */
    SharedDecision refusedFor(long seconds) {
        return new SharedDecision(false, states, seconds, 0, marks);
    }

    long mark(int index) {
        return marks[index];
    }

    @Override
    public boolean isAllowed() {
        return allowed;
    }

    @Override
    public int size() {
        return states.size();
    }

    @Override
    public RateLimit limit(int index) {
        return states.get(index).limit();
    }

    @Override
    public long remaining(int index) {
        return states.get(index).remaining();
    }

    @Override
    public long secondsToMore(int index) {
        return states.get(index).secondsToMore();
    }

    @Override
    public boolean isExceeded(int index) {
        return states.get(index).exceeded();
    }

    @Override
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    @Override
    public long delayMillis() {
        return delayMillis;
    }

    @Override
    public List<LimitState> states() {
        return states;
    }
}
