package dev.lintel.proxy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Route;
import dev.lintel.RouteBuilder;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsideReferencesTest {

    private static final String TARGET = "http://inside:8080/base";

    private static InsideReferences references(RouteBuilder route, Upstream.Builder upstream) {
        return requireNonNull(InsideReferences.of(
                route.to("service").build(),
                upstream.target(TARGET).build(),
                Target.parse(TARGET),
                "public.example",
                "/app"));
    }

    private static InsideReferences references() {
        return references(
                Route.named("api")
                        .path("/api/**")
                        .stripPrefix("/api")
                        .rewriteLocations("other.inside", "third.inside:8443")
                        .rewriteCookies(),
                Upstream.named("service"));
    }

    private static String location(String value) {
        return references().value(HttpHeader.LOCATION, value);
    }

    private static String cookie(String value) {
        return references().value(HttpHeader.SET_COOKIE, value);
    }

    @ParameterizedTest
    @CsvSource({
        "http://inside:8080/base/a?b=c#d, /app/api/a?b=c#d",
        "HTTP://INSIDE:8080/base/a, /app/api/a",
        "//inside:8080/base/a, /app/api/a",
        "http://inside:8080/base, /app/api/",
        "http://inside:8080/base/, /app/api/",
        "http://inside:8080/base?q, /app/api/?q",
        "http://other.inside/base/a, /app/api/a",
        "https://other.inside/base/a, /app/api/a",
        "https://other.inside:443/base/a, /app/api/a",
        "https://third.inside:8443/base/a, /app/api/a",
        "/base/a, /app/api/a",
        "/base, /app/api/",
        "/base//evil.example/, /app/api//evil.example/",
        "http://inside:8080/base/%7bid%7D|{x}, /app/api/%7bid%7D|{x}"
    })
    void leadsWhatIsTheUpstreamsThroughTheGateway(String value, String expected) {
        assertThat(location(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://elsewhere.example/base/a",
                "http://inside/base/a",
                "http://inside:8081/base/a",
                "https://third.inside/base/a",
                "http://other.inside:8080/base/a",
                "http://inside:8080.evil.example/base/a",
                "http://user@inside:8080/base/a",
                "http://inside:8080@evil.example/base/a",
                "http://inside:8080/elsewhere",
                "http://inside:8080/basement",
                "http://inside:8080",
                "http://public.example/base/a",
                "/elsewhere",
                "//elsewhere.example/base/a",
                "a/b",
                "../a",
                "?q=http://inside:8080/base",
                "#d",
                "",
                "mailto:a@inside",
                "ftp://inside:8080/base/a",
                "http:/base/a",
                "http:base/a"
            })
    void leavesEverythingElse(String value) {
        assertThat(location(value)).isEqualTo(value);
    }

    /** A path that would be read as another host. */
    @ParameterizedTest
    @ValueSource(strings = {"http://inside//evil.example/", "http://inside/\\evil.example/", "//inside//evil.example/"})
    void makesNoReferenceToAnotherHost(String value) {
        InsideReferences plain = requireNonNull(InsideReferences.of(
                Route.named("all").path("/**").rewriteLocations().to("service").build(),
                Upstream.named("service").target("http://inside").build(),
                Target.parse("http://inside"),
                null,
                ""));
        assertThat(plain.value(HttpHeader.LOCATION, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b; Path=/base/x; Secure, a=b; Path=/app/api/x; Secure",
                "a=b; path = /base ;HttpOnly, a=b; path = /app/api ;HttpOnly",
                "a=b; Path=/base/, a=b; Path=/app/api",
                "a=b; Domain=inside; Path=/base/x, a=b; Path=/app/api/x",
                "a=b;Domain=.Other.Inside;SameSite=Lax, a=b;SameSite=Lax",
                "a=b; SameSite=Lax; DOMAIN=inside, a=b; SameSite=Lax",
                "a=\"b; Path=/base\"; Path=/base/x, a=\"b; Path=/base\"; Path=/app/api/x",
                "a=; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/base, a=; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/app/api",
                "a=b; Path=/base/x; Path=/base/y, a=b; Path=/app/api/x; Path=/app/api/y"
            })
    void leadsCookiesThroughTheGateway(String whole) {
        // the one comma that stands for nothing in a cookie is the last before its second name
        int middle = whole.lastIndexOf(", a=");
        assertThat(cookie(whole.substring(0, middle))).isEqualTo(whole.substring(middle + 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "a=/base/x",
                "a=b; Path=/elsewhere",
                "a=b; Path=/basement",
                "a=b; Path=",
                "a=b; Path",
                "a=b; Domain=elsewhere.example",
                "a=b; Domain=.example",
                "a=b; Domain=",
                "a=b;;; Secure ;",
                "a=\"{Domain=inside}\"",
                ""
            })
    void leavesOtherCookies(String value) {
        assertThat(cookie(value)).isEqualTo(value);
    }

    @Test
    void knowsTheHostThatTheUpstreamSees() {
        RouteBuilder route = Route.named("all").path("/**").rewriteLocations();
        assertThat(references(route, Upstream.named("service").preserveHost())
                        .value(HttpHeader.LOCATION, "http://public.example/base/a"))
                .isEqualTo("/app/a");
        RouteBuilder other = Route.named("all").path("/**").rewriteLocations();
        assertThat(references(other, Upstream.named("service").host("fixed.example:81"))
                        .value(HttpHeader.CONTENT_LOCATION, "http://fixed.example:81/base/a"))
                .isEqualTo("/app/a");
    }

    @Test
    void changesOnlyWhatIsAskedFor() {
        Route plain = Route.named("all").path("/**").to("service").build();
        Upstream upstream = Upstream.named("service").target(TARGET).build();
        assertThat(InsideReferences.of(plain, upstream, Target.parse(TARGET), null, ""))
                .isNull();
        InsideReferences cookies =
                references(Route.named("all").path("/**").rewriteCookies(), Upstream.named("service"));
        assertThat(cookies.value(HttpHeader.LOCATION, "/base/a")).isEqualTo("/base/a");
        assertThat(cookies.value(HttpHeader.SET_COOKIE, "a=b; Path=/base/x")).isEqualTo("a=b; Path=/app/x");
        assertThat(references().value(HttpHeader.LINK, "</base/a>")).isEqualTo("</base/a>");
        assertThat(references().value(null, "/base/a")).isEqualTo("/base/a");
    }
}
