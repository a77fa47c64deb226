package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimit;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import dev.lintel.option.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads limits written as {@code per-user=100/1m} or {@code closed=block}. */
final class LimitTexts {

    private static final String RULE = "name=number/duration such as per-user=100/1m, or name=block";

    private LimitTexts() {}

    /** How limits given as text count. */
    enum Algorithm {
        TOKEN_BUCKET,
        FIXED_WINDOW
    }

    static List<RateLimit> read(List<String> texts, Algorithm algorithm, Problems problems) {
        List<RateLimit> limits = new ArrayList<>();
        for (String text : texts) {
            try {
                limits.add(read(text, algorithm));
            } catch (GatewayException wrong) {
                problems.addAll("limits", wrong.problems());
            } catch (IllegalArgumentException malformed) {
                problems.add("limits", text, RULE);
            }
        }
        return limits;
    }

    private static RateLimit read(String text, Algorithm algorithm) {
        int equals = text.indexOf('=');
        int slash = text.indexOf('/', equals);
        if (equals < 0) {
            throw new IllegalArgumentException(RULE);
        }
        String name = text.substring(0, equals).strip();
        if (text.substring(equals + 1).strip().equals("block")) {
            return new RateLimit.BlockAll(name);
        }
        if (slash < 0) {
            throw new IllegalArgumentException(RULE);
        }
        long capacity = Long.parseLong(text.substring(equals + 1, slash).strip());
        Duration period =
                Units.duration(text.substring(slash + 1).strip()).orElseThrow(() -> new IllegalArgumentException(RULE));
        return algorithm == Algorithm.TOKEN_BUCKET
                ? RateLimit.TokenBucket.of(name, capacity, period)
                : new RateLimit.FixedWindow(name, capacity, period);
    }
}
