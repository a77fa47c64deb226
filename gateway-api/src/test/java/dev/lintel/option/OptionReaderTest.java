package dev.lintel.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionReaderTest {

    @Test
    void readsEachKind() {
        OptionReader options = OptionReader.of(Map.of(
                "text",
                " a b ",
                "list",
                " a, b ,,c",
                "flag",
                "true",
                "number",
                "-5",
                "duration",
                "1m",
                "size",
                "1KiB",
                "choice",
                "Seconds"));
        assertThat(options.text("text")).contains("a b");
        assertThat(options.list("list")).containsExactly("a", "b", "c");
        assertThat(options.flag("flag", false)).isTrue();
        assertThat(options.number("number", 0, -5, 5)).isEqualTo(-5);
        assertThat(options.duration("duration", Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.size("size", 0)).isEqualTo(1024);
        assertThat(options.choice("choice", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.SECONDS);
        options.finish("test");
    }

    @Test
    void fallsBackToDefaultsOfWhatIsNotSet() {
        OptionReader options = OptionReader.of(Map.of());
        assertThat(options.text("text")).isEmpty();
        assertThat(options.text("text", "a")).isEqualTo("a");
        assertThat(options.list("list")).isEmpty();
        assertThat(options.flag("flag", true)).isTrue();
        assertThat(options.number("number", 7, 0, 1)).isEqualTo(7);
        assertThat(options.duration("duration", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
        assertThat(options.size("size", 9)).isEqualTo(9);
        assertThat(options.choice("choice", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.DAYS);
        options.finish("test");
    }

    @Test
    void tellsEveryProblemAtOnce() {
        Map<String, String> given = new HashMap<>(Map.of(
                "flag",
                "yes",
                "number",
                "11",
                "duration",
                "5",
                "size",
                "1KB",
                "choice",
                "weeks",
                "mistyped",
                "s3cret"));
        OptionReader options = OptionReader.of(given);
        options.flag("flag", true);
        options.number("number", 1, 0, 10);
        options.duration("duration", Duration.ZERO);
        options.size("size", 1);
        options.choice("choice", TimeUnit.class, TimeUnit.DAYS);

        GatewayException wrong = catchThrowableOfType(GatewayException.class, () -> options.finish("a filter"));

        assertThat(wrong.problems())
                .map(Problem::toString)
                .containsExactly(
                        "flag: yes (expected: true or false)",
                        "number: 11 (expected: a whole number from 0 to 10)",
                        "duration: 5 (expected: a duration such as 500ms, 10s, 1m, 2h or 1d)",
                        "size: 1KB (expected: a size such as 512, 10KiB, 1MiB or 1GiB)",
                        "choice: weeks (expected: one of nanoseconds, microseconds, milliseconds, seconds, minutes, hours,"
                                + " days)",
                        "mistyped: unknown option (expected: one of flag, number, duration, size, choice)");
        assertThat(wrong).hasMessageStartingWith("a filter: 6 problems").hasMessageNotContaining("s3cret");
        assertThat(wrong.getMessage()).hasLineCount(7);
    }

    @Test
    void saysSoWhereThereAreNoOptions() {
        assertThatThrownBy(() -> OptionReader.of(Map.of("a", "b")).finish("a filter"))
                .hasMessageContaining("a: unknown option (expected: no options)");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "1.5", "0x1", "1e3", "99999999999999999999", "+1", "\u0661", "1_0", "--1"})
    void refusesWhatIsNoWholeNumber(String text) {
        OptionReader options = OptionReader.of(Map.of("n", text));
        assertThat(options.number("n", 3, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(3);
        assertThat(options.problems().list()).hasSize(1);
    }

    @Test
    void readsItsTextsWhateverTheyAre() {
        Random random = new Random(20);
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append("019msdKiB,- \u0661\0tru".charAt(random.nextInt(17)));
            }
            OptionReader options = OptionReader.of(Map.of("o", text.toString()));
            assertThat(options.list("o")).doesNotContain("").allMatch(part -> part.equals(part.strip()));
            assertThat(options.number("o", 5, 0, 10)).isBetween(0L, 10L);
            options.flag("o", true);
            options.duration("o", Duration.ZERO);
            options.size("o", 0);
            options.choice("o", TimeUnit.class, TimeUnit.DAYS);
        }
    }

    @Test
    void keepsACopyOfTheMap() {
        Map<String, String> given = new HashMap<>();
        OptionReader options = OptionReader.of(given);
        given.put("later", "x");
        assertThat(options.text("later")).isEmpty();
        options.finish("test");
    }

    @Test
    void givesTheOptionsOfAPartToWhoeverReadsIt() {
        OptionReader options = OptionReader.of(Map.of("a.x", "1", "a.y.z", "2", "ab", "3", "a", "4"));
        assertThat(options.part("a")).containsOnly(Map.entry("x", "1"), Map.entry("y.z", "2"));
        assertThatThrownBy(() -> options.finish("test"))
                .hasMessageContaining("ab: unknown option")
                .hasMessageContaining("a: unknown option")
                .hasMessageNotContaining("a.x: unknown");
    }

    @Test
    void namesProblemsOfPartsInFull() {
        Problems part = new Problems();
        part.add("path", "x", "a rule");
        Problems whole = new Problems();
        whole.addAll("routes.a", part.list());
        whole.require(true, "fine", "x", "anything");
        assertThat(whole.list()).containsExactly(new Problem("routes.a.path", "x", "a rule"));
        assertThatThrownBy(() -> whole.throwIfAny("gateway"))
                .isInstanceOf(GatewayException.class)
                .hasMessage("gateway: 1 problem" + System.lineSeparator() + "  routes.a.path: x (expected: a rule)");
        assertThat(List.of(new Problems().isEmpty(), whole.isEmpty())).containsExactly(true, false);
    }
}
