package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRewriteTest {

    private static final PathPattern API = PathPattern.parse("/api/**");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/api,    /api,    /,   /v2",
        "/api/,   /api/,   /,   /v2/",
        "/api/a,  /api/a,  /a,  /v2/a",
        "/api/a/, /api/a/, /a/, /v2/a/"
    })
    void keepsToTheTableOfSlashes(String received, String none, String stripped, String template) {
        RequestPath path = RequestPath.parse(received);
        assertThat(PathRewrite.none().apply(path, API)).isEqualTo(none);
        assertThat(PathRewrite.stripPrefix("/api").apply(path, API)).isEqualTo(stripped);
        assertThat(PathRewrite.template("/v2/**").apply(path, API)).isEqualTo(template);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "/users/{id},        /v2/people/{id},  /users/7,          /v2/people/7",
        "/users/{id},        /v2/people/{id},  /users/a%20b,      /v2/people/a%20b",
        "/users/{id},        /{id}/,           /users/7,          /7/",
        "/{a}/{b},           /{b}/{a},         /x/y,              /y/x",
        "/{a}/**,            /t/{a}/**,        /x,                /t/x",
        "/{a}/**,            /t/{a}/**,        /x/y/z/,           /t/x/y/z/",
        "/api/**,            /**,              /api,              /",
        "/api/**,            /**,              /api/,             /",
        "/api/**,            /**,              /api/a%2Fb,        /a%2Fb",
        "/api/**,            /fixed,           /api/a,            /fixed",
        "/api/**,            /,                /api/a,            /"
    })
    void buildsAPathFromWhatThePatternCaptured(String pattern, String template, String received, String made) {
        PathPattern parsed = PathPattern.parse(pattern);
        PathRewrite rewrite = PathRewrite.template(template);
        assertThat(rewrite.conflictWith(parsed)).isEmpty();
        assertThat(rewrite.apply(RequestPath.parse(received), parsed)).isEqualTo(made);
    }

    @ParameterizedTest(name = "A42 {0}")
    @ValueSource(strings = {"a%3Fb", "a%23b", "100%25", "%2Fx", "a%20b", "%C3%BC"})
    void keepsTheEscapesOfWhatWasCaptured(String captured) {
        PathPattern pattern = PathPattern.parse("/users/{id}");
        RequestPath received = RequestPath.parse("/users/" + captured);
        assertThat(PathRewrite.template("/v2/{id}/x").apply(received, pattern)).isEqualTo("/v2/" + captured + "/x");
        assertThat(PathRewrite.stripPrefix("/users").apply(received, pattern)).isEqualTo("/" + captured);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/api;jsessionid=1,                  /;jsessionid=1,     /;jsessionid=1",
        "/api;jsessionid=@evil.example,      /;jsessionid=@evil.example, /;jsessionid=@evil.example",
        "/api/;jsessionid=1,                 /;jsessionid=1,     /;jsessionid=1",
        "/api/a;jsessionid=1,                /a;jsessionid=1,    /a;jsessionid=1"
    })
    void beginsWithASlashWhateverSessionIdFollows(String received, String stripped, String template) {
        RequestPath path = RequestPath.parseWithSessionId(received);
        assertThat(PathRewrite.stripPrefix("/api").apply(path, API)).isEqualTo(stripped);
        assertThat(PathRewrite.template("/**").apply(path, API)).isEqualTo(template);
    }

    @Test
    void sendsEverythingToOnePath() {
        assertThat(PathRewrite.setPath("/x/").apply(RequestPath.parse("/api/a"), API))
                .isEqualTo("/x/");
        assertThat(PathRewrite.setPath("").apply(RequestPath.parse("/api/a"), API))
                .isEqualTo("/");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "stripPrefix | /api/",
                "stripPrefix | /",
                "stripPrefix | /{a}",
                "stripPrefix | /a/**",
                "stripPrefix | /*",
                "setPath     | a",
                "setPath     | //",
                "setPath     | /a/../b",
                "setPath     | /a?b",
                "setPath     | /a;b",
                "setPath     | /{a}",
                "rewritePath | /*",
                "rewritePath | /a b",
                "rewritePath | /ü",
                "rewritePath | /a/[b]"
            })
    void refusesWhatCouldNotBeSent(String kind, String text) {
        Function<String, PathRewrite> make = kind.equals("stripPrefix")
                ? PathRewrite::stripPrefix
                : kind.equals("setPath") ? PathRewrite::setPath : PathRewrite::template;
        assertThatThrownBy(() -> make.apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(kind + ": " + text + " (expected: ");
    }

    @Test
    void cannotBeMadeUnchecked() {
        assertThatThrownBy(() -> new PathRewrite.SetPath("//evil.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PathRewrite.StripPrefix(PathPattern.parse("/{a}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PathRewrite.Template(PathPattern.parse("/a b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/**     | strip | /api     | true",
                "/api        | strip | /api     | true",
                "/api/       | strip | /api     | true",
                "/api/v1/**  | strip | /api     | true",
                "/apix/**    | strip | /api     | false",
                "/{a}/**     | strip | /api     | false",
                "/**         | strip | /api     | false",
                "/a/{b}      | make  | /{b}     | true",
                "/a/{b}      | make  | /{c}     | false",
                "/a/*        | make  | /{b}     | false",
                "/a/{b}      | make  | /x/**    | false",
                "/a/**       | make  | /x/**    | true"
            })
    void tellsWhetherItFitsAPattern(String pattern, String kind, String text, boolean fits) {
        PathRewrite rewrite = kind.equals("strip") ? PathRewrite.stripPrefix(text) : PathRewrite.template(text);
        assertThat(rewrite.conflictWith(PathPattern.parse(pattern)).isEmpty()).isEqualTo(fits);
    }

    @Test
    void isShownAsItWasWritten() {
        assertThat(PathRewrite.stripPrefix("/api")).hasToString("/api");
        assertThat(PathRewrite.template("/v2/{a}/**")).hasToString("/v2/{a}/**");
        assertThat(PathRewrite.setPath("/x")).hasToString("/x");
        assertThat(PathRewrite.none()).hasToString("none");
    }
}
