package dev.lintel.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextPathTest {

    @ParameterizedTest(name = "{0} below {1}")
    @CsvSource({
        "/a,        '',     /a",
        "/app/a,    /app,   /a",
        "/app/,     /app,   /",
        "/app,      /app,   ''",
        "/app/app,  /app,   /app",
        "/a%20b/c,  /a%20b, /c"
    })
    void takesTheContextPathOff(String uri, String context, String rest) {
        assertThat(ContextPath.remove(uri, context)).isEqualTo(rest);
        assertThat(RequestPath.parse(rest).violation()).isNull();
    }

    /** What the container takes for the context path although it is spelt otherwise is not repaired but inadmissible. */
    @ParameterizedTest(name = "{0} below {1}")
    @CsvSource({
        "/%61pp/admin,   /app",
        "/app;x=1/admin, /app",
        "/appx/admin,    /app",
        "/./app/admin,   /app",
        "//app/admin,    /app",
        "/a b/c,         /a%20b"
    })
    void leavesADisguisedContextPathInadmissible(String uri, String context) {
        assertThat(RequestPath.parse(ContextPath.remove(uri, context)).violation())
                .isNotNull();
        assertThat(RequestPath.parseWithSessionId(ContextPath.remove(uri, context))
                        .violation())
                .isNotNull();
    }
}
