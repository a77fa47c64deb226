package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes the response fields that tell clients how they stand. {@code RateLimit-Policy} and {@code RateLimit} as
 * draft-ietf-httpapi-ratelimit-headers-10 has them, lists of structured fields (RFC 9651), in which names of limits need no
 * escaping; and older ones, which tell of one limit only: the one with the least left, of several with the longest window.
 */
final class AnswerFields {

    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    private AnswerFields() {}

    /** Where a field goes. */
    @FunctionalInterface
    interface Sink {

        void put(String name, String value);
    }

    /** Writes the fields of a kind for a decision that concerns a limit. */
    static void write(RateLimitFilter.Headers kind, RateLimitDecision decision, PolicyText policy, Sink sink) {
        if (decision.size() == 0) {
            return;
        }
        switch (kind) {
            case DRAFT -> {
                sink.put(POLICY, policy.of(decision));
                sink.put(STATE, state(decision));
            }
            case X_RATELIMIT -> one("X-RateLimit-", decision, sink);
            case IETF_03 -> one("RateLimit-", decision, sink);
            case KONG -> {
                for (int i = 0; i < decision.size(); i++) {
                    String period = period(decision.limit(i).window());
                    if (period != null) {
                        sink.put(
                                "X-RateLimit-Limit-" + period,
                                Long.toString(decision.limit(i).quota()));
                        sink.put("X-RateLimit-Remaining-" + period, Long.toString(decision.remaining(i)));
                    }
                }
                one("RateLimit-", decision, sink);
            }
            case NONE -> {}
        }
    }

    /** {@code "per-user";q=100;w=60}: the quota, and the seconds in which it is granted, rounded up. */
    static String policy(RateLimitDecision decision) {
        StringBuilder field = new StringBuilder(32 * decision.size());
        for (int i = 0; i < decision.size(); i++) {
            RateLimit limit = decision.limit(i);
            field.append(i == 0 ? "\"" : ", \"").append(limit.name()).append('"');
            field.append(";q=").append(limit.quota());
            if (limit.window().isZero()) {
                field.append(";qu=\"concurrent-requests\"");
            } else {
                field.append(";w=").append(seconds(limit.window()));
            }
        }
        return field.toString();
    }

    /** {@code "per-user";r=99;t=1}: what is left, and the seconds until there is more, unless there is none to come. */
    static String state(RateLimitDecision decision) {
        String field = state(decision, 0);
        for (int i = 1; i < decision.size(); i++) {
            field = field + ", " + state(decision, i);
        }
        return field;
    }

    /** One expression for each form, since that makes nothing but the text. */
    private static String state(RateLimitDecision decision, int index) {
        String name = decision.limit(index).name();
        long remaining = decision.remaining(index);
        long seconds = decision.secondsToMore(index);
        return seconds > 0 ? '"' + name + "\";r=" + remaining + ";t=" + seconds : '"' + name + "\";r=" + remaining;
    }

    private static void one(String prefix, RateLimitDecision decision, Sink sink) {
        int tightest = 0;
        for (int i = 1; i < decision.size(); i++) {
            long difference = decision.remaining(i) - decision.remaining(tightest);
            boolean longer = decision.limit(i)
                            .window()
                            .compareTo(decision.limit(tightest).window())
                    > 0;
            tightest = difference < 0 || difference == 0 && longer ? i : tightest;
        }
        long reset = decision.secondsToMore(tightest);
        sink.put(prefix + "Limit", Long.toString(decision.limit(tightest).quota()));
        sink.put(prefix + "Remaining", Long.toString(decision.remaining(tightest)));
        sink.put(prefix + "Reset", Long.toString(decision.isAllowed() ? reset : decision.retryAfterSeconds()));
    }

    /** What Kong calls a window of that length, or null if it has no name for it. */
    private static @Nullable String period(Duration window) {
        long seconds = window.toSeconds();
        if (!Duration.ofSeconds(seconds).equals(window)) {
            return null;
        }
        return switch ((int) Math.min(Integer.MAX_VALUE, seconds)) {
            case 1 -> "Second";
            case 60 -> "Minute";
            case 3_600 -> "Hour";
            case 86_400 -> "Day";
            case 2_592_000 -> "Month";
            case 31_536_000 -> "Year";
            default -> null;
        };
    }

    private static long seconds(Duration window) {
        return window.toSeconds() + (Duration.ofSeconds(window.toSeconds()).equals(window) ? 0 : 1);
    }
}
