package dev.lintel.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "connectTimeout,   PT0.001S,   true",
        "connectTimeout,   PT0.0009S,  false",
        "connectTimeout,   PT0S,       false",
        "connectTimeout,   PT1H,       true",
        "connectTimeout,   PT1H0.001S, false",
        "firstByteTimeout, PT24H,      true",
        "firstByteTimeout, PT24H1S,    false",
        "firstByteTimeout, PT-1S,      false",
        "idleTimeout,      PT24H,      true",
        "idleTimeout,      PT0S,       false",
        "totalTimeout,     PT0S,       true",
        "totalTimeout,     PT0.001S,   true",
        "totalTimeout,     P365D,      true",
        "totalTimeout,     P366D,      false",
        "totalTimeout,     PT-1S,      false"
    })
    void keepsToItsRanges(String name, Duration duration, boolean inRange) {
        Problems problems = new Problems();
        timeouts(name, duration).check(problems);
        assertThat(problems.list()).map(Problem::name).isEqualTo(inRange ? List.of() : List.of(name));
    }

    @Test
    void tellsEveryProblemAtOnce() {
        Problems problems = new Problems();
        Duration none = Duration.ofSeconds(-1);
        new Timeouts(none, none, none, none).check(problems);
        assertThat(problems.list())
                .map(Problem::toString)
                .containsExactly(
                        "connectTimeout: PT-1S (expected: a duration from 1ms to 1h)",
                        "firstByteTimeout: PT-1S (expected: a duration from 1ms to 1d)",
                        "idleTimeout: PT-1S (expected: a duration from 1ms to 1d)",
                        "totalTimeout: PT-1S (expected: 0, or a duration from 1ms to 365d)");
    }

    @Test
    void hasUsableDefaults() {
        Problems problems = new Problems();
        Timeouts.DEFAULT.check(problems);
        assertThat(problems.isEmpty()).isTrue();
    }

    private static Timeouts timeouts(String name, Duration duration) {
        return switch (name) {
            case "connectTimeout" -> Timeouts.DEFAULT.withConnect(duration);
            case "firstByteTimeout" -> Timeouts.DEFAULT.withFirstByte(duration);
            case "idleTimeout" -> Timeouts.DEFAULT.withIdle(duration);
            default -> Timeouts.DEFAULT.withTotal(duration);
        };
    }
}
