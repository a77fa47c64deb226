package dev.lintel.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0,       PT0S",
        "0ms,     PT0S",
        "500ms,   PT0.5S",
        "10s,     PT10S",
        "007s,    PT7S",
        "1m,      PT1M",
        "2h,      PT2H",
        "1d,      PT24H",
        "999999999ms, PT999999.999S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(Units.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "ms",
                "-1s",
                "+1s",
                "1.5s",
                "1 s",
                " 1s",
                "1s ",
                "1S",
                "1M",
                "1min",
                "1m30s",
                "1us",
                "1w",
                "PT1S",
                "\u0661s",
                "1s\0",
                "9999999999999s",
                "106752d",
                "999999999999d"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThat(Units.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,          0",
        "512,        512",
        "512B,       512",
        "10KiB,      10240",
        "1MiB,       1048576",
        "1073741824, 1073741824",
        "4294967296, 4294967296",
        "2GiB,       2147483648",
        "8589934591GiB, 9223372035781033984"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "KiB",
                "-1",
                "+1",
                "1.5KiB",
                "1 KiB",
                "1KB",
                "1kib",
                "1k",
                "1M",
                "1TiB",
                "0x10",
                "\u0661",
                "9223372036854775808",
                "8589934592GiB",
                "99999999999999999999"
            })
    void refusesWhatIsNoSize(String text) {
        assertThat(Units.size(text)).isEmpty();
    }

    @Test
    void neverThrowsAndNeverGivesWhatCannotBeCounted() {
        Random random = new Random(60);
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(random.nextInt(20));
            }
            String[] units = {"", "ms", "s", "m", "h", "d", "B", "KiB", "MiB", "GiB", "x", "-"};
            text.append(units[random.nextInt(units.length)]);
            Units.duration(text.toString())
                    .ifPresent(duration -> assertThat(duration.toNanos()).isNotNegative());
            Units.size(text.toString()).ifPresent(size -> assertThat(size).isNotNegative());
        }
    }
}
