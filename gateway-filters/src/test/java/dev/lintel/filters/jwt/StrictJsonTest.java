package dev.lintel.filters.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void readsEveryKindOfValue() throws Exception {
        Map<String, @Nullable Object> read = StrictJson.object(
                " {\"text\":\"a\\u00e9\\uD83D\\uDE00\\n\\\"\\/\" , \"whole\":-12,\"huge\":9223372036854775808,"
                        + "\"real\":1.5e3,\"yes\":true,\"no\":false,\"nothing\":null,\"list\":[1,[],{}],\"zero\":0} ");
        assertThat(read)
                .containsEntry("text", "aé😀\n\"/")
                .containsEntry("whole", -12L)
                .containsEntry("huge", 9.223372036854776E18)
                .containsEntry("real", 1500.0)
                .containsEntry("yes", true)
                .containsEntry("no", false)
                .containsEntry("nothing", null)
                .containsEntry("zero", 0L);
        assertThat(read.get("list")).isEqualTo(List.of(1L, List.of(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"x\"",
                "1",
                "null",
                "{",
                "{}}",
                "{} x",
                "{\"a\":1,}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":[{\"b\":1,\"b\":2}]}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":1e999}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":0x10}",
                "{\"a\":tru}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\uD800\"}",
                "{\"a\":\"\\uDC00\"}",
                "{\"a\":\"\\uD800\\u0041\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":1}/* */",
                "\uFEFF{}"
            })
    void refusesWhatIsNotOneObject(String text) {
        assertThatThrownBy(() -> StrictJson.object(text)).isInstanceOf(StrictJson.Malformed.class);
    }

    @Test
    void refusesNestingThatWouldFillTheStack() throws Exception {
        String ten = "[".repeat(10_000) + "]".repeat(10_000);
        assertThatThrownBy(() -> StrictJson.object("{\"a\":" + ten + "}")).hasMessage("nested too deep");
        int most = StrictJson.MAX_DEPTH - 1;
        assertThat(StrictJson.object("{\"a\":" + "[".repeat(most) + "]".repeat(most) + "}"))
                .containsKey("a");
        assertThatThrownBy(() -> StrictJson.object("{\"a\":" + "[".repeat(most + 1) + "]".repeat(most + 1) + "}"))
                .hasMessage("nested too deep");
    }

    @Test
    void refusesNumbersOfUnreasonableLength() {
        assertThatThrownBy(() -> StrictJson.object("{\"a\":" + "1".repeat(65) + "}"))
                .hasMessage("number too long");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] overlong = "{\"a\":\"??\"}".getBytes(StandardCharsets.ISO_8859_1);
        overlong[6] = (byte) 0xC0;
        overlong[7] = (byte) 0xAF;
        assertThatThrownBy(() -> StrictJson.object(overlong)).hasMessage("not UTF-8");
        byte[] cut = Arrays.copyOf(overlong, overlong.length);
        cut[6] = 'a';
        cut[7] = (byte) 0xE2;
        assertThatThrownBy(() -> StrictJson.object(cut)).hasMessage("not UTF-8");
    }
}
