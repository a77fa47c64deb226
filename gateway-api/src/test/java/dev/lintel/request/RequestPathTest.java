package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestPathTest {

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ambiguous")
    void namesTheRuleThatAPathBreaks(String id, String raw, String rule) {
        RequestPath path = RequestPath.parse(raw);
        assertThat(path.violation()).isEqualTo(rule);
        assertThat(path.raw()).isEqualTo(raw);
        assertThat(path.segments()).isEmpty();
        assertThat(path.rawSegments()).isEmpty();
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                arguments("A01", "/a/../b", "dot-segment"),
                arguments("A02", "/a/./b", "dot-segment"),
                arguments("A02", "/.", "dot-segment"),
                arguments("A02", "/..", "dot-segment"),
                arguments("A02", "/a/..", "dot-segment"),
                arguments("A02", "/a/../", "dot-segment"),
                arguments("A03", "/%2e%2e/a", "dot-segment"),
                arguments("A03", "/a/%2E%2e", "dot-segment"),
                arguments("A03", "/a/.%2e/b", "dot-segment"),
                arguments("A03", "/a/%2e/b", "dot-segment"),
                arguments("A04", "/a/..;/b", "path-parameter"),
                arguments("A04", "/a/..;x=1/b", "path-parameter"),
                arguments("A04", "/..;/", "path-parameter"),
                arguments("A05", "/public;/../admin/x", "path-parameter"),
                arguments("A05", "/admin;/x", "path-parameter"),
                arguments("A05", "/;/admin", "path-parameter"),
                arguments("A06", "/a;jsessionid=1/b", "path-parameter"),
                arguments("A06", "/admin;a=b", "path-parameter"),
                arguments("A06", "/admin;jsessionid=1", "path-parameter"),
                arguments("A07", "//admin", "empty-segment"),
                arguments("A07", "/a//b", "empty-segment"),
                arguments("A07", "/a//", "empty-segment"),
                arguments("A07", "//", "empty-segment"),
                arguments("A08", "/admin%2f..%2f", "dot-segment"),
                arguments("A08", "/admin%2f.%2fx", "dot-segment"),
                arguments("A08", "/..%2fx", "dot-segment"),
                arguments("A09", "/a%5cb", "encoded-backslash"),
                arguments("A09", "/a%5Cb", "encoded-backslash"),
                arguments("A09", "/a\\b", "backslash"),
                arguments("A09", "/..\\admin", "backslash"),
                arguments("A10", "/a%00b", "control-character"),
                arguments("A10", "/a\0b", "control-character"),
                arguments("A11", "/a%0d%0aX-User-ID:%20admin", "control-character"),
                arguments("A11", "/a\r\nX-User-ID: admin", "control-character"),
                arguments("A11", "/a%7f", "control-character"),
                arguments("A11", "/a\u007f", "control-character"),
                arguments("A11", "/a%09", "control-character"),
                arguments("A11", "/a%c2%85b", "control-character"),
                arguments("A11", "/a%e2%80%a8b", "control-character"),
                arguments("A11", "/a%e2%80%a9b", "control-character"),
                arguments("A13", "/%252e%252e/", "double-encoding"),
                arguments("A13", "/%25%32%66", "double-encoding"),
                arguments("A13", "/%252%66", "double-encoding"),
                arguments("A13", "/%25%32f", "double-encoding"),
                arguments("A13", "/%2525", "double-encoding"),
                arguments("A13", "/a%252fb", "double-encoding"),
                arguments("A14", "/%c0%ae", "not-utf8"),
                arguments("A14", "/%e0%80%ae", "not-utf8"),
                arguments("A14", "/%ed%a0%80", "not-utf8"),
                arguments("A14", "/%ff", "not-utf8"),
                arguments("A14", "/%f4%90%80%80", "not-utf8"),
                arguments("A14", "/%c3", "not-utf8"),
                arguments("A15", "/%zz", "broken-escape"),
                arguments("A15", "/%", "broken-escape"),
                arguments("A15", "/%4", "broken-escape"),
                arguments("A15", "/%4/", "broken-escape"),
                arguments("A15", "/%-1", "broken-escape"),
                arguments("A15", "/%+1", "broken-escape"),
                arguments("A16", "/%u002e%u002e/", "broken-escape"),
                arguments("A17", "/a#b", "fragment"),
                arguments("A17", "/admin#x", "fragment"),
                arguments("A18", "/\u00fc", "not-ascii"),
                arguments("A18", "/\ud83d\ude00", "not-ascii"),
                arguments("A18", "/\ud800", "not-ascii"),
                arguments("A19", "/a b", "illegal-character"),
                arguments("A19", "/a?b", "illegal-character"),
                arguments("A20", "/a|b", "illegal-character"),
                arguments("A20", "/{a}", "illegal-character"),
                arguments("A20", "/<a>", "illegal-character"),
                arguments("A20", "/\"a", "illegal-character"),
                arguments("A20", "/a^b", "illegal-character"),
                arguments("A20", "/a`b", "illegal-character"),
                arguments("A20", "/[a]", "illegal-character"),
                arguments("A25", "/a".repeat(257), "too-many-segments"),
                arguments("A25", "/a".repeat(10_000), "too-many-segments"),
                arguments("A28", "http://169.254.169.254/", "not-absolute-path"),
                arguments("A29", "*", "not-absolute-path"),
                arguments("A29", "*/x", "not-absolute-path"),
                arguments("A29", "a", "not-absolute-path"),
                arguments("A40", "/\uff0fadmin", "not-ascii"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("admissible")
    void decodesSegments(String raw, List<String> segments, boolean trailingSlash) {
        RequestPath path = RequestPath.parse(raw);
        assertThat(path.violation()).isNull();
        assertThat(path.segments()).isEqualTo(segments);
        assertThat(path.trailingSlash()).isEqualTo(trailingSlash);
        assertThat(path.encodedSlash()).isFalse();
    }

    static Stream<Arguments> admissible() {
        return Stream.of(
                arguments("", List.of(), true),
                arguments("/", List.of(), true),
                arguments("/a", List.of("a"), false),
                arguments("/a/", List.of("a"), true),
                arguments("/a/b/", List.of("a", "b"), true),
                arguments("/...", List.of("..."), false),
                arguments("/.a/..b/c..", List.of(".a", "..b", "c.."), false),
                arguments("/a%20b/%C3%BC", List.of("a b", "\u00fc"), false),
                arguments("/%61dmin", List.of("admin"), false),
                arguments("/%F0%9F%98%80", List.of("\ud83d\ude00"), false),
                arguments("/100%25", List.of("100%"), false),
                arguments("/%25zz", List.of("%zz"), false),
                arguments("/%3Fa%23", List.of("?a#"), false),
                arguments("/-._~!$&'()*+,=:@", List.of("-._~!$&'()*+,=:@"), false),
                // A40: a confusable is another text, never /admin
                arguments("/%EF%BC%8Fadmin", List.of("\uff0fadmin"), false),
                arguments("/a".repeat(256), java.util.Collections.nCopies(256, "a"), false));
    }

    @ParameterizedTest(name = "A08 {0}")
    @CsvSource({"/a%2fb", "/a%2Fb", "/%2fadmin", "/a%2F%2fb", "/a/%2F"})
    void tellsOfEncodedSlashes(String raw) {
        RequestPath path = RequestPath.parse(raw);
        assertThat(path.violation()).isNull();
        assertThat(path.encodedSlash()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/a;jsessionid=1,      /a",
        "/a/;jsessionid=1,     /a/",
        "/;jsessionid=1,       /",
        "/a;jsessionid=,       /a",
        "/a;jsessionid=AB.n1!2:3@=, /a"
    })
    void ignoresATrailingSessionIdIfToldTo(String raw, String matchedLike) {
        RequestPath path = RequestPath.parseWithSessionId(raw);
        RequestPath plain = RequestPath.parse(matchedLike);
        assertThat(path.violation()).isNull();
        assertThat(path.raw()).isEqualTo(raw);
        assertThat(path.segments()).isEqualTo(plain.segments());
        assertThat(path.trailingSlash()).isEqualTo(plain.trailingSlash());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badSessionIds")
    void admitsNothingElseBehindASessionId(String id, String raw, String rule) {
        assertThat(RequestPath.parseWithSessionId(raw).violation()).isEqualTo(rule);
    }

    static Stream<Arguments> badSessionIds() {
        return Stream.of(
                arguments("A06", "/a;jsessionid=1/b", "path-parameter"),
                arguments("A06", "/a;jsessionid=1;x", "path-parameter"),
                arguments("A06", "/a;x;jsessionid=1", "path-parameter"),
                arguments("A06", "/a;JSESSIONID=1", "path-parameter"),
                arguments("A06", ";jsessionid=1", "not-absolute-path"),
                arguments("A02", "/..;jsessionid=1", "dot-segment"),
                arguments("A02", "/a/.;jsessionid=1", "dot-segment"),
                arguments("A07", "/a//;jsessionid=1", "empty-segment"),
                arguments("A09", "/a;jsessionid=..\\admin", "path-parameter"),
                arguments("A11", "/a;jsessionid=1\r\nX: y", "path-parameter"),
                arguments("A11", "/a;jsessionid=%0d%0a", "path-parameter"),
                arguments("A08", "/a;jsessionid=%2f..%2f", "path-parameter"),
                arguments("A17", "/a;jsessionid=#", "path-parameter"),
                arguments("A21", "/a;jsessionid=?x", "path-parameter"),
                arguments("A18", "/a;jsessionid=\u00fc", "path-parameter"));
    }

    @Test
    void cannotBeChanged() {
        RequestPath path = RequestPath.parse("/a/b");
        assertThatThrownBy(() -> path.segments().set(0, "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> path.rawSegments().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
