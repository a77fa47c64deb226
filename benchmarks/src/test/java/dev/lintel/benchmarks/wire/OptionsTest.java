package dev.lintel.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void readsEveryOption() {
        Options options = Options.parse(
                "--scenarios",
                "16k,latency",
                "--only",
                "lintel-full",
                "--rounds",
                "7",
                "--seconds",
                "3",
                "--warm-up",
                "9",
                "--connections",
                "64");

        assertThat(options).isNotNull();
        assertThat(options.scenarios()).containsExactly(Scenario.K16, Scenario.LATENCY);
        assertThat(options.only()).isEqualTo(List.of("lintel-full"));
        assertThat(options.rounds()).isEqualTo(7);
        assertThat(options.seconds()).isEqualTo(3);
        assertThat(options.warmUp()).isEqualTo(9);
        assertThat(options.connections()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "--rounds", "--rounds 0", "--rounds x", "--scenarios nothing", "--connections 10001"})
    void understandsNothingElse(String line) {
        assertThat(Options.parse(line.split(" ", -1))).isNull();
    }
}
