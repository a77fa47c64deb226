package dev.lintel.filters.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.option.GatewayException;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsFilterTest {

    private static final String APP = "https://app.example.com";

    @ParameterizedTest
    @EnumSource(Container.class)
    void answersPreflightsItself(Container container) {
        try (WebApp app = app(container)) {
            RawResponse response = RawClient.exchange(
                    app.port(),
                    preflight(APP, "PUT").header("Access-Control-Request-Headers", "content-type,x-a , AUTHORIZATION"));
            assertThat(response.status()).isEqualTo(204);
            assertThat(response.bodyText()).isEmpty();
            assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(APP);
            assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
            assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET, PUT");
            assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("Content-Type, Authorization, X-A");
            assertThat(response.header("Access-Control-Max-Age")).isEqualTo("300");
            assertThat(response.header("Vary"))
                    .isEqualTo("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
            assertThat(response.hasHeader("X-Served")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, PUT, , cors-origin",
        "null, PUT, , cors-origin",
        "HTTPS://app.example.com, PUT, , cors-origin",
        "https://app.example.com:443, PUT, , cors-origin",
        "https://app.example.com., PUT, , cors-origin",
        "https://app.example.com, DELETE, , cors-method",
        "https://app.example.com, put, , cors-method",
        "https://app.example.com, '', , cors-method",
        "https://app.example.com, PUT, x-b, cors-header",
        "https://app.example.com, PUT, 'x-a,x-b', cors-header",
    })
    void refusesPreflightsThatAskForMore(String origin, String method, String headers, String rule) {
        try (WebApp app = app(Container.JETTY_EE10)) {
            RawRequest request = preflight(origin, method);
            RawResponse response = RawClient.exchange(
                    app.port(), headers == null ? request : request.header("Access-Control-Request-Headers", headers));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.bodyText()).contains("\"rule\":\"" + rule + "\"");
            assertThat(response.header("Vary")).startsWith("Origin");
            assertThat(response.hasHeader("Access-Control-Allow-Methods")).isFalse();
        }
    }

    @Test
    void takesOriginsGivenTwiceForNobodys() {
        try (WebApp app = app(Container.JETTY_EE10)) {
            RawRequest request = preflight(APP, "PUT").header("Origin", APP);
            assertThat(RawClient.exchange(app.port(), request).status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void l44_saysEveryFieldOnceWhateverTheDestinationSays(Container container) {
        try (WebApp app = app(container)) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("Origin", APP));
            assertThat(response.header("X-Served")).isEqualTo("yes");
            assertThat(fields(response, "access-control-"))
                    .containsExactlyInAnyOrder(
                            "access-control-allow-origin: " + APP,
                            "access-control-allow-credentials: true",
                            "access-control-expose-headers: x-total");
            assertThat(fields(response, "vary")).containsExactly("vary: accept", "vary: origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "https://app.example.com.evil.example"})
    void letsOthersReadNothing(String origin) {
        try (WebApp app = app(Container.JETTY_EE10)) {
            RawResponse response =
                    RawClient.exchange(app.port(), RawRequest.get("/").header("Origin", origin));
            assertThat(response.status()).isEqualTo(200);
            assertThat(fields(response, "access-control-")).isEmpty();
            assertThat(fields(response, "vary")).contains("vary: origin");
        }
    }

    @Test
    void variesByOriginWithoutOneToo() {
        try (WebApp app = app(Container.JETTY_EE10)) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(fields(response, "access-control-")).isEmpty();
            assertThat(fields(response, "vary")).containsExactly("vary: accept", "vary: origin");
        }
    }

    @Test
    void leavesOtherOptionsRequestsToTheDestination() {
        try (WebApp app = app(Container.JETTY_EE10)) {
            RawRequest bare = RawRequest.of("OPTIONS", "/");
            assertThat(RawClient.exchange(app.port(), bare).header("X-Served")).isEqualTo("yes");
            assertThat(RawClient.exchange(app.port(), bare.header("Origin", APP))
                            .header("X-Served"))
                    .isEqualTo("yes");
        }
    }

    @Test
    void saysTheSameToEverybodyWhereAllAreAllowed() {
        try (WebApp app = WebApp.on(Container.TOMCAT_10)
                .filter(
                        "cors",
                        CorsFilter.builder()
                                .origins("*")
                                .methods("*")
                                .headers("*")
                                .build())
                .serve("/", (request, response) -> {})
                .start()) {
            RawResponse plain = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(fields(plain, "access-control-")).containsExactly("access-control-allow-origin: *");
            assertThat(plain.hasHeader("Vary")).isFalse();
            RawRequest asking = preflight("null", "DELETE");
            RawResponse free =
                    RawClient.exchange(app.port(), asking.header("Access-Control-Request-Headers", "x-anything"));
            assertThat(free.status()).isEqualTo(204);
            assertThat(free.header("Access-Control-Allow-Headers")).isEqualTo("*");
            assertThat(RawClient.exchange(app.port(), asking.header("Access-Control-Request-Headers", "authorization"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example.com, true",
        "https://a.b.example.com, true",
        "https://example.com, false",
        "https://aexample.com, false",
        "https://.example.com, false",
        "https://a..example.com, false",
        "http://a.example.com, false",
        "https://a.example.com:8443, false",
        "https://evil.test/.example.com, false",
        "https://evil.test#.example.com, false",
        "https://evil.test@a.example.com, false",
        "https://evil.test:1.example.com, false",
        "https://A.example.com, false",
        "https://a.example.com.evil.test, false",
    })
    void takesPatternsForSubdomainsAlone(String origin, boolean allowed) {
        assertThat(Origins.of(List.of("https://*.example.com")).allow(origin)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "app.example.com",
                "https://",
                "https://*",
                "https://*.com",
                "https://a.*.example.com",
                "https://app.example.com/",
                "https://App.example.com",
                "https://app.example.com:443",
                "HTTPS://a.example",
                "http://a.example:80",
                "https://a b",
                "https://a.example,https://b.example",
                "https://*.10.0.0.1:x"
            })
    void refusesEntriesThatNoBrowserSends(String entry) {
        assertThatThrownBy(() -> CorsFilter.builder().origins(entry).build())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("origins: " + entry + " (expected: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5173",
                "https://a.example:8443",
                "http://[::1]:8080",
                "https://*.example.com:8443",
                "chrome-extension://abcdefgh",
                "http://127.0.0.1"
            })
    void takesEntriesThatBrowsersSend(String entry) {
        assertThat(Origins.isEntry(entry)).isTrue();
    }

    @Test
    void refusesToBuildWildcardsWithCredentials() {
        assertThatThrownBy(() -> CorsFilter.builder()
                        .origins("*")
                        .methods("*")
                        .headers("*")
                        .exposedHeaders("*")
                        .credentials(true)
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly("origins *", "methods *", "headers *", "exposedHeaders *"));
        assertThatThrownBy(() -> WebApp.on(Container.JETTY_EE10)
                        .filter(FilterSetup.of("cors", CorsFilter.class)
                                .param("origins", "*")
                                .param("credentials", "true"))
                        .start())
                .rootCause()
                .hasMessageContaining("origins: * (expected: named one by one where credentials are true)");
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> CorsFilter.builder()
                        .methods("GE T")
                        .headers("a:b")
                        .exposedHeaders("")
                        .maxAge(Duration.ofDays(2))
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly(
                                        "origins none", "methods GE T", "headers a:b", "exposedHeaders ", "maxAge 2d"));
    }

    private static RawRequest preflight(String origin, String method) {
        return RawRequest.of("OPTIONS", "/").header("Origin", origin).header("Access-Control-Request-Method", method);
    }

    private static WebApp app(Container container) {
        CorsFilter filter = CorsFilter.builder()
                .origins(APP, "https://*.example.org")
                .methods("GET", "PUT")
                .headers("Content-Type", "Authorization", "X-A")
                .exposedHeaders("X-Total")
                .credentials(true)
                .maxAge(Duration.ofMinutes(5))
                .build();
        return WebApp.on(container)
                .filter("cors", filter)
                .serve("/", (request, response) -> {
                    response.setHeader("X-Served", "yes");
                    response.setHeader("Access-Control-Allow-Origin", "*");
                    response.addHeader("access_control_allow_origin", "*");
                    response.addHeader("Access-Control-Expose-Headers", "X-Secret");
                    response.setHeader("Access-Control-Max-Age", "1");
                    response.setHeader("Vary", "Accept");
                })
                .start();
    }

    private static List<String> fields(RawResponse response, String start) {
        return response.headerLines().stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.replace('_', '-').startsWith(start))
                .toList();
    }
}
