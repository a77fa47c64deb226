package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldChecksTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "C01, 'X-A ',             header-name",
        "C01, 'X-A\t',            header-name",
        "C04, '',                 header-name",
        "C04, ':',                header-name",
        "C05, X[A],               header-name",
        "C05, 'X\"A',             header-name",
        "C05, X(A,                header-name",
        "C05, 'X A',              header-name",
        "C05, 'X\0A',             header-name",
        "C05, 'X\u007fA',         header-name",
        "C05, 'X\u0080A',         header-name",
        "C05, 'X\u00ffA',         header-name",
        "C05, 'X\rA',             header-name",
        "C05, 'X\u212aA',         header-name",
        "C06, X_User_ID,          underscore-in-header-name",
        "C06, Transfer_Encoding,  underscore-in-header-name",
        "C06, Content_Length,     underscore-in-header-name",
        "G04, HTTP_X_USER_ID,     underscore-in-header-name",
        "G04, 'X-User-ID\t',      header-name",
        "C06, Content.Length,     disguised-header-name",
        "C06, Transfer.Encoding,  disguised-header-name",
        "C06, Transfer--Encoding, disguised-header-name",
        "C06, TransferEncoding,   disguised-header-name",
        "C06, Ho-st,              disguised-header-name",
        "C06, Connection-,        disguised-header-name",
        "C06, T-E,                disguised-header-name"
    })
    void refusesNames(String id, String name, String rule) {
        assertThat(new FieldChecks("HTTP/1.1", false).name(name)).isEqualTo(rule);
    }

    @ParameterizedTest(name = "C06 {0}")
    @CsvSource({"X_User_ID,", "Transfer_Encoding, disguised-header-name", "content_length, disguised-header-name"})
    void admitsUnderscoresIfToldToButNoDisguise(String name, @Nullable String rule) {
        assertThat(new FieldChecks("HTTP/1.1", true).name(name)).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "HOST",
                "content-length",
                "Transfer-Encoding",
                "TrAnSfEr-EnCoDiNg",
                "te",
                "X-User-ID",
                "x-user-id%00",
                "!#$%&'*+-.^`|~",
                "X.User.ID"
            })
    void admitsNames(String name) {
        assertThat(new FieldChecks("HTTP/1.1", false).name(name)).isNull();
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("lines")
    void checksLines(String id, String protocol, String name, List<String> values, @Nullable String rule) {
        assertThat(firstViolation(new FieldChecks(protocol, false), name, values))
                .isEqualTo(rule);
    }

    static Stream<Arguments> lines() {
        List<Arguments> rows = new ArrayList<>();
        for (String bad : List.of("a\rb", "a\nb", "a\0b", "a\u001bb", "a\u007fb", "a\u2028b", "a\u0100b", "\u000b")) {
            rows.add(row("C08", "X-A", bad, "header-value"));
        }
        for (String good : List.of("", "a\tb", "\u00e4", "it's \"quoted\", {\"a\":1}", "a".repeat(10_000))) {
            rows.add(row("C14 C18", "Cookie", good, null));
        }
        for (String bad : List.of(
                "+5",
                "-5",
                "-0",
                "0x5",
                "5 5",
                "5.0",
                "5e0",
                "1_0",
                "05",
                "00",
                "",
                "99999999999999999999",
                "9223372036854775808",
                "5, 5",
                "5, 6",
                "5,",
                ",5",
                "\u0665",
                " 5",
                "5 ",
                "5\t")) {
            rows.add(row("D05", "Content-Length", bad, bad.equals("\u0665") ? "header-value" : "content-length"));
        }
        for (String good : List.of("0", "5", "10", "999999999999999999")) {
            rows.add(row("D05", "content-length", good, null));
        }
        for (String bad : List.of(
                "xchunked",
                "chunked, gzip",
                "gzip, chunked",
                "identity",
                "chunk",
                "\"chunked\"",
                "chunked;q=1",
                "chunked chunked",
                "chunked, chunked",
                "")) {
            rows.add(row("D06", "Transfer-Encoding", bad, "transfer-coding"));
        }
        for (String bad :
                List.of(",chunked", "chunked,", ", chunked", " chunked ", "chunked ", "\tchunked", "chunked\t")) {
            rows.add(row("D08", "Transfer-Encoding", bad, "transfer-coding"));
        }
        rows.add(row("D13", "TrAnSfEr-EnCoDiNg", "ChUnKeD", null));
        rows.add(row("E13", "Expect", "100-Continue", null));
        rows.add(row("E14", "Expect", "foo", "expectation"));
        rows.add(row("D30", "Expect", " 100-continue", "expectation"));
        rows.add(row("D30", "Expect", "100-continue, x", "expectation"));
        rows.add(Arguments.arguments("D04", "HTTP/1.1", "Content-Length", List.of("5", "6"), "content-length"));
        rows.add(Arguments.arguments("D04", "HTTP/1.1", "Content-Length", List.of("5", "5"), "content-length"));
        rows.add(Arguments.arguments(
                "D09", "HTTP/1.1", "Transfer-Encoding", List.of("chunked", "identity"), "transfer-encoding"));
        rows.add(Arguments.arguments(
                "D09", "HTTP/1.1", "Transfer-Encoding", List.of("chunked", "chunked"), "transfer-encoding"));
        rows.add(Arguments.arguments("D12", "HTTP/1.0", "Transfer-Encoding", List.of("chunked"), "transfer-encoding"));
        rows.add(Arguments.arguments("F09", "HTTP/2.0", "Transfer-Encoding", List.of("chunked"), "transfer-encoding"));
        for (String value : List.of(" a", "a ", "\ta", "a\t", " ")) {
            rows.add(Arguments.arguments("F08", "HTTP/2.0", "X-A", List.of(value), "header-value"));
        }
        for (String name : List.of("connection", "Keep-Alive", "proxy-connection", "upgrade")) {
            rows.add(Arguments.arguments("F09", "HTTP/2.0", name, List.of("close"), "connection-field"));
        }
        rows.add(Arguments.arguments(
                "G20", "HTTP/1.1", "Authorization", List.of("Bearer a", "Bearer b"), "repeated-authorization"));
        rows.add(Arguments.arguments("G20", "HTTP/1.1", "authorization", List.of("Bearer a"), null));
        return rows.stream();
    }

    @Test
    void refusesALengthBesideACoding() {
        for (boolean lengthFirst : new boolean[] {true, false}) {
            FieldChecks checks = new FieldChecks("HTTP/1.1", false);
            assertThat(checks.value(
                            lengthFirst ? "Content-Length" : "Transfer-Encoding", lengthFirst ? "5" : "chunked"))
                    .isNull();
            assertThat(checks.whole()).isNull();
            assertThat(checks.value(
                            lengthFirst ? "Transfer-Encoding" : "Content-Length", lengthFirst ? "chunked" : "5"))
                    .isNull();
            assertThat(checks.whole()).as("D01").isEqualTo("length-and-coding");
        }
    }

    /** D10: every octet before, behind, around and within the only coding that is understood. */
    @Test
    void takesTheCodingInNoOtherForm() {
        for (char c = 0; c <= 0xff; c++) {
            for (String value : List.of(c + "chunked", "chunked" + c, c + "chunked" + c, "chun" + c + "ked")) {
                assertThat(new FieldChecks("HTTP/1.1", false).value("Transfer-Encoding", value))
                        .as("U+%04x in %s", (int) c, value)
                        .isIn("transfer-coding", "header-value");
            }
        }
    }

    private static Arguments row(String id, String name, String value, @Nullable String rule) {
        return Arguments.arguments(id, "HTTP/1.1", name, List.of(value), rule);
    }

    private static @Nullable String firstViolation(FieldChecks checks, String name, List<String> values) {
        for (String value : values) {
            String rule = checks.value(name, value);
            if (rule != null) {
                return rule;
            }
        }
        return checks.whole();
    }
}
