package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSyntaxTest {

    private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{} ";

    @Test
    void takesExactlyTheTokenCharactersOfTheStandard() {
        for (char c = 0; c < 0x300; c++) {
            boolean token = c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0;
            assertThat(HeaderSyntax.isTokenChar(c)).as("U+%04x", (int) c).isEqualTo(token);
            assertThat(HeaderSyntax.isName("X" + c + "A"))
                    .as("C05 U+%04x", (int) c)
                    .isEqualTo(token);
        }
        assertThat(HeaderSyntax.isName("")).isFalse();
    }

    @Test
    void takesEveryValueThatCanBeSent() {
        for (char c = 0; c < 0x300; c++) {
            boolean sendable = (c >= ' ' || c == '\t') && c != 0x7f && c <= 0xff;
            assertThat(HeaderSyntax.isValue("a" + c)).as("C08 U+%04x", (int) c).isEqualTo(sendable);
        }
        assertThat(HeaderSyntax.isValue("")).as("C14").isTrue();
    }

    @ParameterizedTest(name = "G08 G09 {0} {1}")
    @CsvSource({
        "alice,              true",
        "a b,                true",
        "auth0|5f7c,         true",
        "https://idp/u?x=1,  true",
        "'',                 false",
        "' alice',           false",
        "'alice ',           false",
        "'alice,admin',      false",
        "'alice, admin',     false",
        "alice;role=admin,   false",
        "',',                false"
    })
    void takesOneIdentityButNoList(String text, boolean plain) {
        assertThat(HeaderSyntax.isPlainItem(text)).isEqualTo(plain);
    }

    @ParameterizedTest(name = "G08 U+{0}")
    @ValueSource(ints = {0, 9, 10, 13, 0x1b, 0x7f, 0x80, 0x85, 0xa0, 0xe4, 0xff, 0x2028, 0xff0c, 0xd800})
    void takesNoIdentityBeyondPrintableAscii(int c) {
        assertThat(HeaderSyntax.isPlainItem("a" + (char) c + "b")).isFalse();
    }
}
