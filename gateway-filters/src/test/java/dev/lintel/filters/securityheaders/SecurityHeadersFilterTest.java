package dev.lintel.filters.securityheaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.Exchange;
import dev.lintel.filter.Rejections;
import dev.lintel.option.GatewayException;
import dev.lintel.reject.Rejection;
import dev.lintel.testing.Container;
import dev.lintel.testing.PlainWrapping;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecurityHeadersFilterTest {

    @ParameterizedTest
    @EnumSource(Container.class)
    void writesTheUsualFields(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter("security", SecurityHeadersFilter.create())
                .serve("/", (request, response) -> {})
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
            assertThat(response.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
            // in clear text it would mean nothing
            assertThat(response.hasHeader("Strict-Transport-Security")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "365, false, false, max-age=31536000",
        "365, true, false, max-age=31536000; includeSubDomains",
        "730, true, true, max-age=63072000; includeSubDomains; preload",
        "0, false, false, ",
    })
    void asksForTlsOverTlsOnly(int days, boolean subDomains, boolean preload, String expected) {
        SecurityHeadersFilter filter = SecurityHeadersFilter.builder()
                .hstsMaxAge(Duration.ofDays(days))
                .hstsIncludeSubDomains(subDomains)
                .hstsPreload(preload)
                .build();
        Filter secure = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public boolean isSecure() {
                        return true;
                    }
                },
                response);
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("secure", secure)
                .filter("security", filter)
                .serve("/", (request, response) -> {})
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(fields(response, "strict-transport-security"))
                    .isEqualTo(
                            expected == null
                                    ? List.of()
                                    : List.of("strict-transport-security: " + expected.toLowerCase(Locale.ROOT)));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void letsTheDestinationSayOtherwise(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter("outside", new PlainWrapping())
                .filter("security", SecurityHeadersFilter.create())
                .filter("inside", new PlainWrapping())
                .filter("security again", SecurityHeadersFilter.create())
                .serve("/set", (request, response) -> {
                    response.setHeader("X-Frame-Options", "DENY");
                    response.setHeader("referrer-policy", "origin");
                })
                .serve("/add", (request, response) -> {
                    response.addHeader("x-frame-options", "DENY");
                    response.addHeader("Referrer-Policy", "origin");
                    response.addHeader("Referrer-Policy", "no-referrer");
                })
                .serve("/reset", (request, response) -> {
                    response.addHeader("X-Frame-Options", "DENY");
                    response.reset();
                })
                .start()) {
            RawResponse set = RawClient.exchange(app.port(), RawRequest.get("/set"));
            assertThat(fields(set, "x-frame-options")).containsExactly("x-frame-options: deny");
            assertThat(fields(set, "referrer-policy")).containsExactly("referrer-policy: origin");
            RawResponse added = RawClient.exchange(app.port(), RawRequest.get("/add"));
            assertThat(fields(added, "x-frame-options")).containsExactly("x-frame-options: deny");
            assertThat(fields(added, "referrer-policy"))
                    .containsExactly("referrer-policy: origin", "referrer-policy: no-referrer");
            RawResponse reset = RawClient.exchange(app.port(), RawRequest.get("/reset"));
            assertThat(fields(reset, "x-frame-options")).containsExactly("x-frame-options: sameorigin");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void insistsIfTold(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(
                        "security",
                        SecurityHeadersFilter.builder()
                                .override(true)
                                .frameOptions(FrameOptions.DENY)
                                .contentSecurityPolicy("frame-ancestors 'none'")
                                .permissionsPolicy("geolocation=(self \"https://a.example\")")
                                .crossOriginOpenerPolicy("same-origin")
                                .crossOriginResourcePolicy("same-site")
                                .crossOriginEmbedderPolicy("require-corp")
                                .build())
                .serve("/", (request, response) -> {
                    response.setHeader("X-Frame-Options", "ALLOWALL");
                    response.addHeader("Content-Security-Policy", "default-src *");
                })
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(fields(response, "x-frame-options")).containsExactly("x-frame-options: deny");
            assertThat(fields(response, "content-security-policy"))
                    .containsExactly("content-security-policy: frame-ancestors 'none'");
            assertThat(response.header("Permissions-Policy")).isEqualTo("geolocation=(self \"https://a.example\")");
            assertThat(response.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-site");
            assertThat(response.header("Cross-Origin-Embedder-Policy")).isEqualTo("require-corp");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void protectsRefusalsToo(Container container) {
        Filter refusing = (request, response, chain) -> Rejections.answer(
                Objects.requireNonNull(Exchange.of(request)),
                (HttpServletRequest) request,
                (HttpServletResponse) response,
                Rejection.client(403, "planned", "Planned."));
        try (WebApp app = WebApp.on(container)
                .filter("security", SecurityHeadersFilter.create())
                .filter("refusing", refusing)
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/"));
            assertThat(response.status()).isEqualTo(403);
            assertThat(fields(response, "x-content-type-options")).containsExactly("x-content-type-options: nosniff");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void hidesTheSoftware(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(
                        "security",
                        SecurityHeadersFilter.builder().hideServer(true).build())
                .serve("/", (request, response) -> {
                    response.setHeader("Server", "secret/1.0");
                    response.addHeader("x_powered_by", "secret");
                })
                .start()) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/")).rawHead())
                    .doesNotContain("secret");
        }
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> SecurityHeadersFilter.builder()
                        .hstsMaxAge(Duration.ofMillis(1500))
                        .hstsPreload(true)
                        .contentSecurityPolicy("a\r\nb")
                        .referrerPolicy("origin, nobody")
                        .crossOriginOpenerPolicy("none")
                        .crossOriginResourcePolicy("any")
                        .crossOriginEmbedderPolicy("x")
                        .build())
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(problem -> problem.name() + " " + problem.value())
                                .containsExactly(
                                        "hstsMaxAge 1500ms",
                                        "hstsPreload true",
                                        "contentSecurityPolicy not shown",
                                        "referrerPolicy origin, nobody",
                                        "crossOriginOpenerPolicy none",
                                        "crossOriginResourcePolicy any",
                                        "crossOriginEmbedderPolicy x"));
    }

    private static List<String> fields(RawResponse response, String name) {
        return response.headerLines().stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith(name + ":"))
                .toList();
    }
}
