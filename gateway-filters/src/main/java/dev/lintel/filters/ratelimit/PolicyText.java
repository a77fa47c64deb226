package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import org.jspecify.annotations.Nullable;

/** Keeps the policy field of the decision before, which is mostly that of the next. Thread-safe. */
final class PolicyText {

    private volatile @Nullable Known known;

    private record Known(RateLimit[] limits, String text) {

        boolean isOf(RateLimitDecision decision) {
            if (limits.length != decision.size()) {
                return false;
            }
            for (int i = 0; i < limits.length; i++) {
                if (limits[i] != decision.limit(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    String of(RateLimitDecision decision) {
        Known before = known;
        if (before != null && before.isOf(decision)) {
            return before.text;
        }
        RateLimit[] limits = new RateLimit[decision.size()];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = decision.limit(i);
        }
        Known made = new Known(limits, AnswerFields.policy(decision));
        known = made;
        return made.text;
    }
}
