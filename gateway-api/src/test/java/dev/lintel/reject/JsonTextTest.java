package dev.lintel.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~             | \"\"",
                "a b            | \"a b\"",
                "say \"hi\"     | \"say \\\"hi\\\"\"",
                "a\\b           | \"a\\\\b\"",
                "</script>      | \"</script>\"",
                "\u00fc         | \"\\u00fc\"",
                "a\u2028b       | \"a\\u2028b\"",
                "a\u007fb       | \"a\\u007fb\""
            })
    void quotes(String text, String json) {
        assertThat(json(text)).isEqualTo(json);
    }

    @Test
    void isReadBackAsItWas() {
        Random random = new Random(8259);
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
            }
            String json = json(text.toString());
            assertThat(json.chars().allMatch(c -> c >= ' ' && c < 0x7f)).isTrue();
            assertThat(read(json)).isEqualTo(text.toString());
        }
    }

    @Test
    void appendsToWhatIsThere() {
        StringBuilder out = new StringBuilder("[");
        JsonText.appendString(out, "a\n");
        assertThat(out).hasToString("[\"a\\u000a\"");
    }

    private static String json(String text) {
        StringBuilder out = new StringBuilder();
        JsonText.appendString(out, text);
        return out.toString();
    }

    /** Reads a JSON string by the grammar of RFC 8259 section 7, as far as it is used. */
    private static String read(String json) {
        assertThat(json).startsWith("\"").endsWith("\"").hasSizeGreaterThan(1);
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (i < json.length() - 1) {
            char c = json.charAt(i++);
            if (c == '\\' && json.charAt(i) == 'u') {
                text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                i += 5;
            } else if (c == '\\') {
                char escaped = json.charAt(i++);
                assertThat(escaped).isIn('"', '\\');
                text.append(escaped);
            } else {
                assertThat(c).isNotEqualTo('"');
                text.append(c);
            }
        }
        assertThat(i).as("no escape runs into the closing quote").isEqualTo(json.length() - 1);
        return text.toString();
    }
}
