package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.RateLimit.LeakyBucket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Decides again about what a real nginx was asked, at the milliseconds at which it decided. */
class LimitReqRecordTest {

    private static final Map<String, LeakyBucket> CASES = Map.of(
            "DELAYED", LeakyBucket.of("a", 100, Duration.ofSeconds(1), 20),
            "NODELAY", LeakyBucket.of("b", 100, Duration.ofSeconds(1), 20).nodelay(),
            "NO_BURST", LeakyBucket.of("c", 50, Duration.ofSeconds(1), 0),
            "PARTLY", new LeakyBucket("d", 600, Duration.ofMinutes(1), 10, 4),
            "UNEVEN", LeakyBucket.of("e", 100, Duration.ofMinutes(1), 5).nodelay(),
            "FAST", LeakyBucket.of("f", 200, Duration.ofSeconds(1), 50).nodelay());

    @Test
    void decidesAsNginxDid() throws IOException {
        Map<String, long[]> states = new HashMap<>();
        List<String> different = new ArrayList<>();
        Map<String, Integer> verdicts = new HashMap<>();
        for (String line : record()) {
            String[] parts = line.split(" ", -1);
            LeakyArithmetic arithmetic = new LeakyArithmetic(Objects.requireNonNull(CASES.get(parts[0])));
            long millis = Long.parseLong(parts[2]);
            long[] state = states.computeIfAbsent(parts[0] + parts[1], any -> {
                long[] fresh = new long[arithmetic.words()];
                arithmetic.fresh(fresh, 0, millis);
                return fresh;
            });
            String verdict = !arithmetic.take(state, 0, millis, 1)
                    ? "REJECTED"
                    : arithmetic.delayMillis(state, 0) > 0 ? "DELAYED" : "PASSED";
            verdicts.merge(verdict, 1, Integer::sum);
            if (!verdict.equals(parts[3])) {
                different.add(line + " but " + verdict);
            }
        }
        assertThat(different).isEmpty();
        assertThat(verdicts).containsOnlyKeys("PASSED", "DELAYED", "REJECTED");
        assertThat(verdicts.values()).allMatch(count -> count > 100);
    }

    private static List<String> record() throws IOException {
        try (InputStream file = Objects.requireNonNull(LimitReqRecordTest.class.getResourceAsStream("limit-req.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
