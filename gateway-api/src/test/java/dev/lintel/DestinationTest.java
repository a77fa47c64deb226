package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.request.PathRewrite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    @ParameterizedTest
    @CsvSource({"200, text/plain, a", "599, text/plain, ''", "204, '', ''", "404, '', x"})
    void answers(int status, String type, String body) {
        assertThat(Destination.answer(status, type, body)).isEqualTo(new Destination.FixedAnswer(status, type, body));
    }

    @ParameterizedTest
    @CsvSource({
        "199, text/plain, a",
        "100, '', ''",
        "600, '', ''",
        "200, 'a\r\nb', a",
        "204, text/plain, a",
        "205, text/plain, a",
        "304, text/plain, a"
    })
    void refusesAnAnswerThatCouldNotBeSent(int status, String type, String body) {
        assertThatThrownBy(() -> Destination.answer(status, type, body)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://www.example.com", "http://a:8080", "https://[::1]:8443", "https://a/base"})
    void redirectsToAnOrigin(String origin) {
        assertThatCode(() -> Destination.redirect(301, origin, PathRewrite.none()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "/a",
                "//a",
                "ftp://a",
                "javascript:alert(1)",
                "https://",
                "https:///",
                "https://a/",
                "https://u@a",
                "https://a b",
                "https://a?x",
                "https://a#x",
                "https://a\\b",
                "https://a\r\nX: y",
                "https://a/../b",
                "https://a:99999",
                "HTTPS://a"
            })
    void refusesAnOriginThatIsNone(String origin) {
        assertThatThrownBy(() -> Destination.redirect(301, origin, PathRewrite.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 304, 305, 306, 309, 400})
    void refusesAStatusThatDoesNotRedirect(int status) {
        assertThatThrownBy(() -> Destination.redirect(status, "", PathRewrite.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status: " + status + " (expected: 301, 302, 303, 307 or 308)");
    }

    @Test
    void takesARedirectApartIntoOriginAndTemplate() {
        Route route = Route.named("a")
                .path("/old/{id}/**")
                .redirect(308, "https://www.example.com/new/{id}/**")
                .build();
        assertThat(route.destination())
                .isEqualTo(Destination.redirect(308, "https://www.example.com", PathRewrite.template("/new/{id}/**")));
        assertThat(Route.named("a")
                        .path("/a")
                        .redirect(301, "https://a")
                        .build()
                        .destination())
                .isEqualTo(Destination.redirect(301, "https://a", PathRewrite.template("/")));
        assertThat(Route.named("a").path("/a").redirect(301, "/b").build().destination())
                .isEqualTo(Destination.redirect(301, "", PathRewrite.template("/b")));
    }
}
