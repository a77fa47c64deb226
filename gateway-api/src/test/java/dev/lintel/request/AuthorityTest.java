package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    @ParameterizedTest(name = "B06 {0}")
    @CsvSource({
        "example.com,            example.com,            -1",
        "EXAMPLE.Com,            example.com,            -1",
        "example.com.,           example.com,            -1",
        "Example.COM.:80,        example.com,            80",
        "example.com:,           example.com,            -1",
        "xn--bcher-kva.example,  xn--bcher-kva.example,  -1",
        "a_b,                    a_b,                    -1",
        "127.0.0.1:8080,         127.0.0.1,              8080",
        "[::1],                  [::1],                  -1",
        "[::1]:65535,            [::1],                  65535",
        "[2001:DB8::A],          [2001:db8::a],          -1",
        "[2001:db8:0:0:0:0:0:a], [2001:db8::a],          -1",
        "[0::1]:80,              [::1],                  80",
        "[::ffff:102:304],       [::ffff:1.2.3.4],       -1",
        "[::FFFF:1.2.3.4],       [::ffff:1.2.3.4],       -1"
    })
    void readsEverySpellingOfAHostAsOne(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @ParameterizedTest(name = "B03 {0}")
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..",
                "a...",
                "a..b",
                ".a",
                ":80",
                "a:b",
                "a:65536",
                "a:-1",
                "a:+1",
                "a:080808",
                "a:80:80",
                "a b",
                " a",
                "a,b",
                "a/b",
                "a\\b",
                "a#b",
                "a?b",
                "a;b",
                "a\"b",
                "a%41",
                "user@a",
                "user:secret@a:80",
                "http://a",
                "[",
                "]",
                "[]",
                "[a]",
                "[1.2.3.4]",
                "[::1",
                "::1",
                "[::1]x",
                "[::1].",
                "[::1]]",
                "[[::1]]",
                "[::1]:80:80",
                "[::1]:65536",
                "[v1.fe80::a]",
                "[fe80::1%25eth0]",
                "[::1%\";for=203.0.113.9;x=\"]",
                "[::1%/../@evil.example]",
                "\u212aa",
                "\u0130a",
                "\u00fc.example",
                "a\r\nb",
                "a\0"
            })
    void refusesWhatIsNoHost(String text) {
        assertThat(Authority.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a.b, -1, a.b", "a.b, 80, a.b:80", "[::1], 443, [::1]:443"})
    void isWrittenLikeAHostField(String host, int port, String text) {
        assertThat(new Authority(host, port)).hasToString(text);
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, false"})
    void boundsTheLengthOfAName(int length, boolean accepted) {
        assertThat(Authority.parse("a".repeat(length)) != null).isEqualTo(accepted);
    }
}
