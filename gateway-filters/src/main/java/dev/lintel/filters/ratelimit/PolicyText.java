package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the policy field of the decision before, alone and after that of another filter: mostly those of the next. Thread-safe. */
final class PolicyText {

    private volatile @Nullable Known known;
    private volatile @Nullable Joined joined;

    private record Joined(String first, String second, String text) {}

    private record Known(List<RateLimit> limits, String text) {

        boolean isOf(RateLimitDecision decision) {
            if (limits.size() != decision.size()) {
                return false;
            }
            for (int i = 0; i < limits.size(); i++) {
                if (!limits.get(i).equals(decision.limit(i))) {
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
        List<RateLimit> limits = new ArrayList<>();
        for (int i = 0; i < decision.size(); i++) {
            limits.add(decision.limit(i));
        }
        Known made = new Known(limits, AnswerFields.policy(decision));
        known = made;
        return made.text;
    }

    /** One text after another. */
    String join(String first, String second) {
        Joined before = joined;
        if (before == null || !before.first.equals(first) || !before.second.equals(second)) {
            before = new Joined(first, second, first + ", " + second);
            joined = before;
        }
        return before.text;
    }
}
