package dev.lintel.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading by catalogue, of texts and of what files say. */
class OptionTreeReadingTest {

    private static final Option<List<String>> NAMES = Option.list("names", "names");
    private static final Option<Duration> WAIT = Option.duration(
                    "wait", Duration.ZERO, Duration.ofMinutes(2), "how long")
            .or(Duration.ofSeconds(1));
    private static final Option<String> PIN = Option.text(
                    "pin", "digits", "four digits", text -> text.matches("\\d{4}"), "a secret")
            .secret();
    private static final Option<OptionReader> RATE =
            Option.group("rate", OptionCatalogue.of("rate", "how fast", WAIT, PIN), "how fast");
    private static final Option<Map<String, OptionReader>> LIMITS = Option.of(
            "limits",
            new OptionType.Named<>("name", new OptionType.Group(OptionCatalogue.of("limit", "", WAIT))),
            "limits");
    private static final Option<Map<String, String>> SET = Option.texts("set", "field", "template", "fields");

    private static List<String> problems(OptionReader reader) {
        reader.noteUnknown();
        return reader.problems().list().stream().map(Problem::toString).toList();
    }

    @Test
    void aCommaInAnItemOfAFileIsAComma() {
        OptionReader file = OptionReader.ofTree(Map.of("names", List.of("a, b", "c")));
        assertThat(file.value(NAMES)).containsExactly("a, b", "c");
        assertThat(OptionReader.ofTree(Map.of("names", "a, b")).value(NAMES)).containsExactly("a, b");
        assertThat(OptionReader.of(Map.of("names", "a, b")).value(NAMES)).containsExactly("a", "b");
    }

    @Test
    void mapsInFilesAreNamesWithDots() {
        OptionReader file = OptionReader.ofTree(Map.of(
                "limits", Map.of("per-user", Map.of("wait", "5s")), "set", Map.of("X.Dotted", "${path}"), "wait", 0));
        assertThat(waitOf(file)).isEqualTo(Duration.ofSeconds(5));
        assertThat(file.value(SET)).containsExactly(Map.entry("X.Dotted", "${path}"));
        assertThat(file.value(WAIT)).isZero();
        OptionReader params = OptionReader.of(Map.of("limits.per-user.wait", "5s", "set.X.Dotted", "${path}"));
        assertThat(waitOf(params)).isEqualTo(Duration.ofSeconds(5));
        assertThat(params.value(SET)).containsExactly(Map.entry("X.Dotted", "${path}"));
    }

    private static Duration waitOf(OptionReader reader) {
        OptionReader limit = reader.given(LIMITS).orElseThrow().get("per-user");
        return limit == null ? Duration.ZERO : limit.value(WAIT);
    }

    @Test
    void listsOfMapsAreReadOneByOne() {
        Option<List<OptionReader>> each = Option.of(
                "each", new OptionType.Items<>(new OptionType.Group(OptionCatalogue.of("one", "", WAIT))), "several");
        OptionReader file = OptionReader.ofTree(Map.of("each", List.of(Map.of("wait", "3s"), Map.of("wait", "soon"))));
        List<OptionReader> items = file.given(each).orElseThrow();
        assertThat(items.get(0).value(WAIT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(items.get(1).value(WAIT)).isEqualTo(WAIT.otherwise());
        assertThat(problems(file)).containsExactly("each[1].wait: soon (expected: a duration from 0s to 2m)");
    }

    @Test
    void problemsOfPartsAreToldWithTheirFullNamesAndSecretsAreNot() {
        OptionReader file = OptionReader.ofTree(Map.of("rate", Map.of("wait", "3m", "pin", "12345", "weight", "1")));
        OptionReader rate = file.given(RATE).orElseThrow();
        assertThat(rate.value(WAIT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rate.given(PIN)).isEmpty();
        rate.noteUnknown();
        assertThat(problems(file))
                .containsExactlyInAnyOrder(
                        "rate.wait: 3m (expected: a duration from 0s to 2m)",
                        "rate.pin: not shown (expected: four digits)",
                        "rate.weight: unknown option (expected: one of wait, pin)");
    }

    @Test
    void whatIsOfAnotherShapeIsAProblemAndNothingElse() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("wait", List.of("1s", "2s"));
        tree.put("set", "one");
        tree.put("rate", List.of("a"));
        tree.put("names", null);
        OptionReader file = OptionReader.ofTree(tree);
        assertThat(file.value(WAIT)).isEqualTo(WAIT.otherwise());
        assertThat(file.value(SET)).isEmpty();
        assertThat(file.given(RATE)).isEmpty();
        assertThat(file.value(NAMES)).isEmpty();
        assertThat(problems(file))
                .containsExactly(
                        "wait: a list (expected: one value)",
                        "set: one value (expected: parts, each with its name)",
                        "rate: one value (expected: options, each with its name)");
        OptionReader deeper = OptionReader.ofTree(Map.of("wait", Map.of("a", "b"), "names", Arrays.asList("a", null)));
        assertThat(deeper.value(WAIT)).isEqualTo(WAIT.otherwise());
        assertThat(deeper.value(NAMES)).containsExactly("a", "");
        assertThat(problems(deeper)).containsExactly("wait.a: unknown option (expected: one of wait, names)");
    }

    @Test
    void aPartWithoutOptionsIsThereAllTheSame() {
        OptionReader file = OptionReader.ofTree(Map.of("rate", Map.of()));
        assertThat(file.given(RATE)).isPresent();
        assertThat(problems(file)).isEmpty();
        assertThat(problems(OptionReader.ofTree(Map.of("raet", Map.of()))))
                .containsExactly("raet.: unknown option (expected: no options)");
    }

    @Test
    void aLineEndInAValueDoesNotGetIntoAMessage() {
        OptionReader file = OptionReader.ofTree(Map.of("wait", "1\nERROR forged"));
        file.value(WAIT);
        assertThat(problems(file)).containsExactly("wait: not shown (expected: a duration from 0s to 2m)");
    }

    @ParameterizedTest
    @CsvSource({
        "upstrem, upstream",
        "leewya, leeway",
        "Max-Keys, maxKeys",
        "limits.per-user.capcity, limits.per-user.capacity",
        "e.class, ''",
        "x, ''",
        "nothing, ''",
        "upstream.path, ''"
    })
    void suggestsTheNameThatWasProbablyMeant(String given, String meant) {
        List<String> valid = List.of("upstream", "leeway", "maxKeys", "limits.per-user.capacity", "a.class", "path");
        assertThat(Names.nearest(given, valid).orElse("")).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "1500, 1500ms", "90000, 90s", "3600000, 1h", "86400000, 1d", "172800000, 2d"})
    void writesDurationsAsItReadsThem(long milliseconds, String text) {
        assertThat(Units.text(Duration.ofMillis(milliseconds))).isEqualTo(text);
        assertThat(Units.duration(text)).contains(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "1024, 1KiB", "1536, 1536", "10485760, 10MiB", "1073741824, 1GiB"})
    void writesSizesAsItReadsThem(long bytes, String text) {
        assertThat(Units.text(bytes)).isEqualTo(text);
        assertThat(Units.size(text)).contains(bytes);
    }
}
