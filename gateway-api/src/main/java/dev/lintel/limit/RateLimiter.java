package dev.lintel.limit;

import dev.lintel.Time;
import java.util.List;

/**
 * Keeps count in this process. Never waits for anything but short locks. Implementations are thread-safe, bounded in memory, and
 * never give a key more than its limit by forgetting what it has used.
 */
public interface RateLimiter {

    /**
     * Charges all or nothing. While several threads ask at once a request may be refused that would have been allowed an
     * instant later; none is allowed that should have been refused.
     *
     * @param charges what to charge; if empty no limit applies
     * @param time the clocks to go by
     * @throws IllegalArgumentException if a limit is not known here
     */
    RateLimitDecision acquire(List<Charge> charges, Time time);

    /** What {@link #acquire} would decide now, without any effect. */
    RateLimitDecision peek(List<Charge> charges, Time time);
}
