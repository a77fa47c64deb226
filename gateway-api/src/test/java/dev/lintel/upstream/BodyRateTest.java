package dev.lintel.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.option.Problems;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyRateTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0.001S, true",
        "1, PT1H, true",
        "1073741824, PT30S, true",
        "-1, PT30S, false",
        "1073741825, PT30S, false",
        "240, PT0S, false",
        "240, PT-1S, false",
        "240, PT1H0.001S, false"
    })
    void keepsToItsRanges(long bytesPerSecond, Duration grace, boolean inRange) {
        Problems problems = new Problems();
        new BodyRate(bytesPerSecond, grace).check(problems);
        assertThat(problems.isEmpty()).isEqualTo(inRange);
    }

    @Test
    void hasUsableDefaults() {
        Problems problems = new Problems();
        BodyRate.DEFAULT.check(problems);
        assertThat(problems.isEmpty()).isTrue();
    }
}
