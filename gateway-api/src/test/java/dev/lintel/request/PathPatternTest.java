package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "/,            /,            true",
        "/,            /a,           false",
        "/a,           /a,           true",
        "/a,           /a/,          false",
        "/a,           /A,           false",
        "/a,           /%61,         true",
        "/a,           /ab,          false",
        "/a/,          /a/,          true",
        "/a/,          /a,           false",
        "/a/,          /a/b,         false",
        "/api/**,      /api,         true",
        "/api/**,      /api/,        true",
        "/api/**,      /api/a/b/,    true",
        "/api/**,      /apix,        false",
        "/api/**,      /apifoo/x,    false",
        "/api/**,      /,            false",
        "/**,          /,            true",
        "/**,          /a/b,         true",
        "/users/{id},  /users/7,     true",
        "/users/{id},  /users/7/,    false",
        "/users/{id},  /users/,      false",
        "/users/{id},  /users,       false",
        "/users/{id}/, /users/7/,    true",
        "/users/*,     /users/a%2Fb, true",
        "/*/b,         /a/b,         true",
        "/ü x,         /%C3%BC%20x,  true"
    })
    void matchesWholeSegments(String pattern, String path, boolean matches) {
        assertThat(PathPattern.parse(pattern).matches(RequestPath.parse(path))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "//", "/a;x", "/%zz", "/a\\b"})
    void matchesNoInadmissiblePath(String path) {
        assertThat(PathPattern.parse("/**").matches(RequestPath.parse(path))).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''       | begins with /",
                "a        | begins with /",
                "**       | begins with /",
                "//       | no empty segment",
                "/a//b    | no empty segment",
                "/a//     | no empty segment",
                "/.       | no dot segment",
                "/a/../b  | no dot segment",
                "/**/a    | ** only as the last segment",
                "/**/     | ** only as the last segment",
                "/{a}/{a} | each variable once",
                "/{}      | variables named",
                "/{a b}   | variables named",
                "/{ä}     | variables named",
                "/{*}     | variables named",
                "/a*      | decoded literals",
                "/***     | decoded literals",
                "/a{b}    | decoded literals",
                "/{a}b    | decoded literals",
                "/%2e%2e  | decoded literals",
                "/a;b     | decoded literals",
                "/a?b     | decoded literals",
                "/a#b     | decoded literals",
                "/a\\b    | decoded literals",
                "/a\0b    | decoded literals"
            })
    void refusesWhatIsNoPattern(String pattern, String expected) {
        assertThatThrownBy(() -> PathPattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: " + pattern + " (expected: ")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "/users/{id}, /users/{name}, true",
        "/users/{id}, /users/*,      true",
        "/users/*,    /users/**,     false",
        "/users,      /users/,       false",
        "/users/,     /users/**,     false",
        "/,           /**,           false",
        "/a/{b}/**,   /a/*/**,       true"
    })
    void hasOneShapeForPatternsOfTheSamePaths(String one, String other, boolean same) {
        assertThat(PathPattern.parse(one)
                        .shape()
                        .equals(PathPattern.parse(other).shape()))
                .isEqualTo(same);
    }

    @Test
    void findsItsVariables() {
        PathPattern pattern = PathPattern.parse("/a/{b}/*/{c-1_x}/**");
        assertThat(pattern.indexOf("b")).isEqualTo(1);
        assertThat(pattern.indexOf("c-1_x")).isEqualTo(3);
        assertThat(pattern.indexOf("a")).isEqualTo(-1);
        assertThat(pattern.matchesRest()).isTrue();
        assertThat(pattern).hasToString("/a/{b}/*/{c-1_x}/**").isEqualTo(PathPattern.parse(pattern.text()));
    }
}
