package dev.lintel.filters.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Exchange;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ServletSetup;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeaderStripFilterTest {

    /** Names that some server between here and the application could take for {@code X-User-ID}. */
    private static final List<String> SPELLINGS = List.of(
            "X-User-ID",
            "x-user-id",
            "X-USER-ID",
            "X-uSeR-iD",
            "X_User_ID",
            "X.User.ID",
            "X-User_ID",
            "X--User-ID",
            "XUserID",
            "-X-User-ID-",
            "X~User!ID");

    @ParameterizedTest
    @EnumSource(Container.class)
    void g01_g02_g04_hidesFieldsInEverySpelling(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(
                        "strip",
                        HeaderStripFilter.builder().requestHeaders("X-User-ID").build())
                .servlet(names())
                .start()) {
            for (String spelling : SPELLINGS) {
                RawResponse response =
                        RawClient.exchange(app.port(), RawRequest.get("/").header(spelling, "admin"));
                assertThat(response.bodyText()).as(spelling).isEqualTo("[host]");
            }
            for (String malformed : List.of("X-User-ID : admin", "x-user-id\0: admin", "X-User-ID\t: admin")) {
                RawResponse response =
                        RawClient.exchange(app.port(), RawRequest.get("/").line(malformed));
                // a container may refuse the line or drop it
                assertThat(response.status() == 400 || response.bodyText().equals("[host]"))
                        .as(malformed + " -> " + response)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void hidesSeveralLinesAndWhateverBeginsWithAPrefix(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(
                        "strip",
                        HeaderStripFilter.builder()
                                .requestHeaders("X-Internal-*", "X-Debug")
                                .build())
                .servlet(names())
                .start()) {
            RawRequest request = RawRequest.get("/")
                    .header("X-Internal-A", "1")
                    .header("x_internal.b", "2")
                    .header("XInternal", "3")
                    .header("X-Debug", "4")
                    .header("X-Debug", "5")
                    .header("X-Debugger", "kept")
                    .header("X-Intern", "kept");
            assertThat(RawClient.exchange(app.port(), request).bodyText()).isEqualTo("[host, x-debugger, x-intern]");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void keepsFieldsOutOfResponsesHoweverTheyAreSet(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(
                        "strip",
                        HeaderStripFilter.builder()
                                .responseHeaders("X-Powered-By", "X-Internal-*", "Set-Cookie")
                                .build())
                .serve("/", (request, response) -> {
                    response.setHeader("X-Powered-By", "secret");
                    response.addHeader("x_powered_by", "secret");
                    response.setIntHeader("X-Internal-1", 4711);
                    response.addIntHeader("X-Internal-2", 4711);
                    response.setDateHeader("X-Internal-3", 0);
                    response.addDateHeader("X-Internal-4", 0);
                    response.addCookie(new Cookie("secret", "1"));
                    response.setHeader("X-Kept", "1");
                })
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.header("X-Kept")).isEqualTo("1");
            assertThat(response.rawHead().toLowerCase(Locale.ROOT)).doesNotContain("secret", "x-internal", "powered");
        }
    }

    @Test
    void takesAwayWhatAFilterFurtherOutHasSet() {
        // Tomcat has no way to take a field back
        Filter outer = (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("X-Powered-By", "outer");
            chain.doFilter(request, response);
        };
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("outer", outer)
                .filter(
                        "strip",
                        HeaderStripFilter.builder()
                                .responseHeaders("X-Powered-By")
                                .build())
                .serve("/", (request, response) -> {})
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).hasHeader("X-Powered-By"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void leavesWhatOtherFiltersOfTheGatewayWrite(Container container) {
        Filter writing = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.requestHeaders().set("X-User-ID", "alice");
            exchange.responseHeaders().set("X-Request-Id", "1");
            exchange.responseHeaders().preset("X-Frame-Options", "DENY");
            ((HttpServletResponse) response).setHeader("X-Frame-Options", "DENY");
            chain.doFilter(request, response);
        };
        try (WebApp app = WebApp.on(container)
                .filter(
                        "strip",
                        HeaderStripFilter.builder()
                                .requestHeaders("X-User-ID")
                                .responseHeaders("X-Request-Id")
                                .build())
                .filter("writing", writing)
                .filter(
                        "strip again",
                        HeaderStripFilter.builder()
                                .requestHeaders("X-*")
                                .responseHeaders("X-Frame-*")
                                .build())
                .serve("/", (request, response) -> {
                    response.setHeader("X-Request-Id", "of the application");
                    response.getWriter()
                            .print(request.getHeader("X-User-ID") + " "
                                    + Collections.list(request.getHeaders("x-user-id")));
                })
                .start()) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("X-User-ID", "admin"));
            assertThat(response.bodyText()).isEqualTo("alice [alice]");
            assertThat(response.rawHead()).doesNotContain("of the application");
            assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length, Content-Length",
        "content_length, Content-Length",
        "Transfer-Encoding, Transfer-Encoding",
        "Host, Host",
        "Connection, Connection",
        "Content-*, 'Content-Length, Content-Type, Content-Encoding'",
        "T*, Transfer-Encoding"
    })
    void refusesToStripWhatMessagesNeed(String pattern, String needed) {
        String expected = "nothing that messages need: " + needed;
        assertThatThrownBy(() ->
                        HeaderStripFilter.builder().requestHeaders(pattern).build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("requestHeaders: " + pattern + " (expected: " + expected + ")");
        assertThatThrownBy(() ->
                        HeaderStripFilter.builder().responseHeaders(pattern).build())
                .hasMessageContaining("responseHeaders: " + pattern + " (expected: " + expected + ")");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> HeaderStripFilter.builder()
                        .requestHeaders("X Y", "*")
                        .responseHeaders("Host", "", "---")
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly(
                                        "requestHeaders X Y",
                                        "requestHeaders *",
                                        "responseHeaders Host",
                                        "responseHeaders ",
                                        "responseHeaders ---"));
    }

    @Test
    void refusesToStripNothing() {
        assertThatThrownBy(() -> HeaderStripFilter.builder().build())
                .hasMessageContaining("requestHeaders: none (expected: at least one field here or in responseHeaders)");
        assertThatThrownBy(() -> WebApp.on(Container.JETTY_EE10)
                        .filter(FilterSetup.of("strip", HeaderStripFilter.class))
                        .start())
                .rootCause()
                .hasMessageContaining("requestHeaders: none");
    }

    /** Answers the names of all fields that the application sees, in lower case and in order. */
    private static ServletSetup names() {
        return ServletSetup.of(
                "names",
                (request, response) -> response.getWriter()
                        .print(Collections.list(request.getHeaderNames()).stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList()));
    }
}
