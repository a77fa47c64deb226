package dev.lintel.limit;

import java.util.List;

/** What a limiter decided, with all that the answer needs. Implementations are immutable and thread-safe. */
public sealed interface RateLimitDecision {

    /** How each limit stands, in the order asked for. */
    List<LimitState> states();

    /**
     * Every limit had enough, and each was charged.
     *
     * @param states how each limit stands now
     */
    record Allowed(List<LimitState> states) implements RateLimitDecision {
        /** Copies the list. */
        public Allowed {
            states = List.copyOf(states);
        }
    }

    /**
     * At least one limit had too little, and none was charged.
     *
     * @param states how each limit stands
     * @param retryAfterSeconds seconds after which all limits can have enough, rounded up, at least 1
     */
    record Rejected(List<LimitState> states, long retryAfterSeconds) implements RateLimitDecision {
        /** Copies the list. */
        public Rejected {
            states = List.copyOf(states);
        }
    }

    /** No limit applies. */
    record Skipped() implements RateLimitDecision {
        @Override
        public List<LimitState> states() {
            return List.of();
        }
    }
}
