package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "curl/8.1 (x) | curl/8.1 (x) | curl/8.1\\x20(x)",
                "a\"b | a\\x22b | a\\x22b",
                "a\\b | a\\x5Cb | a\\x5Cb",
                "[] | [] | []",
                "\u00e9 | \\xE9 | \\xE9",
                "\u20ac | \\xE2\\x82\\xAC | \\xE2\\x82\\xAC",
                "\ud83d\ude00 | \\xF0\\x9F\\x98\\x80 | \\xF0\\x9F\\x98\\x80",
                "a\ud83d | a\\x3F | a\\x3F",
                "`` | - | -"
            })
    void c20_escapesWhatCouldEndAField(String text, String quoted, String word) {
        assertThat(new LineBuffer().quoted(text, 100)).hasToString(quoted);
        assertThat(new LineBuffer().word(text, 100)).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\r\n",
                "\t",
                "\u001b[31m",
                "\0",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u2028",
                "\u2029",
                "\ufeff"
            })
    void c20_letsNoControlCharacterThrough(String text) {
        String fake = "a" + text + "127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 0";
        assertThat(new LineBuffer().quoted(fake, 1000).toString())
                .matches("[ -~]*")
                .startsWith("a\\x")
                .doesNotContain("\"");
        assertThat(new LineBuffer().json(fake, 1000).toString())
                .matches("[ -~]*")
                .startsWith("\"a\\u");
    }

    @Test
    void readsBackFromJsonAsItWas() {
        String all = IntStream.concat(IntStream.range(0, 0x300), IntStream.range(0x2000, 0x2100))
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining())
                + "\ud83d\ude00 \ud83d";
        String json = new LineBuffer().json(all, 10_000).toString();
        assertThat(JsonLine.read("{\"a\":" + json + "}")).containsEntry("a", all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "a", "\u20ac", "\ud83d\ude00", "\n"})
    void cutsLongTextsVisiblyAndNeverWithinAnEscape(String unit) {
        for (int most = 40; most < 60; most++) {
            String cut = new LineBuffer()
                    .ascii("before ")
                    .quoted(unit.repeat(100), most)
                    .toString();
            assertThat(cut.length()).isBetween(7 + most - 35, 7 + most);
            assertThat(cut).matches("before (a|\\\\x[0-9A-F]{2})+\\.\\.\\.");
        }
        assertThat(new LineBuffer().word("a".repeat(30), 50)).hasToString("a".repeat(30));
        assertThat(new LineBuffer().json("\"\"\"\"", 2)).hasToString("\"\\\"\\\"...\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, 4711, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void writesNumbers(long number) {
        assertThat(new LineBuffer().number(number)).hasToString(Long.toString(number));
    }

    @Test
    void growsAsNeeded() {
        LineBuffer line = new LineBuffer();
        for (int i = 0; i < 1000; i++) {
            line.ascii("0123456789").number(12345).ascii(' ').word("x y", 100).json("\u0001", 10);
        }
        assertThat(line.length()).isEqualTo(1000 * (10 + 5 + 1 + 6 + 8));
        assertThat(line.toString()).endsWith("012345678912345 x\\x20y\"\\u0001\"");
    }
}
