package dev.lintel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.limit.RateLimit.BlockAll;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.option.GatewayException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row K28 of the hostile inputs: limits that cannot be meant. */
class RateLimitTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zero          | 0                   | 1 | PT1M   | 0  | capacity: 0 (expected: 1 to 1000000000; to refuse",
                "negative      | -1                  | 1 | PT1M   | 0  | capacity: -1",
                "huge          | 9223372036854775807 | 1 | PT1M   | 0  | capacity: 9223372036854775807",
                "no refill     | 5                   | 0 | PT1M   | 5  | refill: 0",
                "burst < rate  | 5                   | 6 | PT1M   | 5  | refill: 6 (expected: 1 to the capacity",
                "no period     | 5                   | 5 | PT0S   | 5  | period: PT0S (expected: 1 ms to 366 days)",
                "backwards     | 5                   | 5 | PT-1S  | 5  | period: PT-1S",
                "a long period | 5                   | 5 | P367D  | 5  | period: PT8808H",
                "for ages      | 5                   | 5 | PT2562047788015H | 5 | period: PT2562047788015H",
                "too fast      | 2000000             | 2000000 | PT1S | 1 | refill: 2000000 (expected: at most a million",
                "too slow      | 1000                | 1 | P1D    | 1  | period: PT24H (expected: short enough",
                "more at first | 5                   | 5 | PT1M   | 6  | initial: 6 (expected: 0 to the capacity)",
                "less at first | 5                   | 5 | PT1M   | -1 | initial: -1"
            })
    void k28RefusesBucketsThatCannotBeMeant(
            String row, long capacity, long refill, Duration period, long initial, String message) {
        assertThatThrownBy(() -> new TokenBucket("x", capacity, refill, period, initial))
                .as(row)
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"0, PT1S", "-1, PT1S", "1, PT0S", "1, PT0.5S", "1, PT1.5S", "1, PT7S", "1, PT25H", "1, PT-1S"})
    void k28RefusesWindowsThatCannotBeMeant(long capacity, Duration window) {
        assertThatThrownBy(() -> new FixedWindow("x", capacity, window)).isInstanceOf(GatewayException.class);
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> new TokenBucket("a b", 0, 5, Duration.ZERO, -1))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name())
                                .containsExactly("name", "capacity", "refill", "initial", "period"));
        assertThatThrownBy(() -> new BlockAll("\"")).isInstanceOf(GatewayException.class);
    }

    @Test
    void tellsQuotaAndWindow() {
        TokenBucket bucket = TokenBucket.of("x", 100, MINUTE);
        assertThat(bucket.interval()).isEqualTo(Duration.ofMillis(600));
        assertThat(bucket.quota()).isEqualTo(100);
        assertThat(bucket.window()).isEqualTo(MINUTE);
        assertThat(new TokenBucket("x", 100, 10, Duration.ofSeconds(1), 0).window())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(new FixedWindow("x", 5, Duration.ofDays(1)).quota()).isEqualTo(5);
        assertThat(new BlockAll("x").quota()).isZero();
    }

    @Test
    void acceptsTheLargestAndTheSmallest() {
        assertThat(TokenBucket.of("x", 1_000_000_000, Duration.ofSeconds(1_000)).interval())
                .isEqualTo(Duration.ofNanos(1_000));
        assertThat(TokenBucket.of("x", 1, Duration.ofDays(366)).window()).isEqualTo(Duration.ofDays(366));
        assertThat(new FixedWindow("x", 1_000_000_000, Duration.ofSeconds(1)).quota())
                .isEqualTo(1_000_000_000);
    }
}
