package dev.lintel.filters.ratelimit;

import dev.lintel.limit.Charge;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the local limiter, in one object: it keeps the clocks that it was made by, and how each limit stands. Confined
 * to the limiter while it is made, never changed afterwards.
 */
final class CountedDecision extends Clocks implements RateLimitDecision {

    private static final int INSIDE = 3;

    private final List<Charge> charges;

    /** Not below zero: allowed after so many milliseconds. Below: refused for so many seconds. */
    private int outcome;

    private long first;
    private long second;
    private long third;
    private final long @Nullable [] more;

    CountedDecision(List<Charge> charges, long nanos, long millis) {
        super(nanos, millis);
        this.charges = charges;
        this.more = charges.size() > INSIDE ? new long[charges.size() - INSIDE] : null;
    }

    long standing(int index) {
        return switch (index) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> more == null ? 0 : more[index - INSIDE];
        };
    }

    void standing(int index, long standing) {
        switch (index) {
            case 0 -> first = standing;
            case 1 -> second = standing;
            case 2 -> third = standing;
            default -> {
                if (more != null) {
                    more[index - INSIDE] = standing;
                }
            }
        }
    }

    /** Notes that a limit had too little, and when it can have enough. */
    void refuse(long nanosToWait) {
        int seconds = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Standing.seconds(nanosToWait)));
        outcome = Math.min(Math.min(0, outcome), -seconds);
    }

    /** Notes that what was granted may be used later only. */
    void delay(long millis) {
        if (outcome >= 0) {
            outcome = (int) Math.max(outcome, millis);
        }
    }

    @Override
    public boolean isAllowed() {
        return outcome >= 0;
    }

    @Override
    public int size() {
        return charges.size();
    }

    @Override
    public RateLimit limit(int index) {
        return charges.get(index).limit();
    }

    @Override
    public long remaining(int index) {
        return Standing.remaining(standing(index));
    }

    @Override
    public long secondsToMore(int index) {
        return Standing.secondsToMore(standing(index));
    }

    @Override
    public boolean isExceeded(int index) {
        return Standing.isExceeded(standing(index));
    }

    @Override
    public long retryAfterSeconds() {
        return Math.max(0, -outcome);
    }

    @Override
    public long delayMillis() {
        return Math.max(0, outcome);
    }

    /** Made when asked. */
    @Override
    public List<LimitState> states() {
        List<LimitState> states = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            states.add(new LimitState(limit(i), remaining(i), secondsToMore(i), isExceeded(i)));
        }
        return states;
    }

    /** Tells the outcome. */
    @Override
    public String toString() {
        return (isAllowed() ? "allowed " : "refused ") + states();
    }
}
