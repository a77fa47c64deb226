package dev.lintel.filters.ratelimit;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static dev.lintel.limit.LimitKey.header;
import static dev.lintel.limit.LimitKey.method;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.limit.KeyPart;
import dev.lintel.limit.LimitKey;
import dev.lintel.limit.MissingKey;
import dev.lintel.testing.Container;
import dev.lintel.testing.FilterSetup;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of group K of the hostile inputs, as far as requests show them. */
class RateLimitFilterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.create();

    private WebApp app(Container container, RateLimitFilter... filters) {
        WebApp.Builder app = WebApp.on(container)
                .filter("begin", new BegunExchange(clock, true))
                .serve("/*", (request, response) -> response.getWriter().print("served"));
        for (int i = 0; i < filters.length; i++) {
            app.filter("limit" + i, filters[i]);
        }
        return app.start();
    }

    private WebApp app(RateLimitFilter... filters) {
        return app(Container.JETTY_EE10, filters);
    }

    private static RateLimitFilter two(KeyPart part) {
        return RateLimitFilter.builder().limit("two", 2, MINUTE).key(by(part)).build();
    }

    private static int get(WebApp app, String... headers) {
        RawRequest request = RawRequest.get("/x");
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return RawClient.exchange(app.port(), request).status();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void k01AllowsExactlyTheLimitAndRefusesTheNext(Container container) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("per-user", 3, MINUTE)
                .key(by(claim("sub")))
                .build();
        try (WebApp app = app(container, filter)) {
            RawRequest request = RawRequest.get("/x").header("Test-Caller", "alice");
            for (int left = 2; left >= 0; left--) {
                RawResponse allowed = RawClient.exchange(app.port(), request);
                assertThat(allowed.status()).isEqualTo(200);
                assertThat(allowed.bodyText()).isEqualTo("served");
                assertThat(allowed.header("RateLimit-Policy")).isEqualTo("\"per-user\";q=3;w=60");
                assertThat(allowed.header("RateLimit")).isEqualTo("\"per-user\";r=" + left + ";t=20");
            }
            RawResponse refused = RawClient.exchange(app.port(), request);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("20");
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"per-user\";q=3;w=60");
            assertThat(refused.header("RateLimit")).isEqualTo("\"per-user\";r=0;t=20");
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
            assertThat(refused.bodyText())
                    .contains("https://iana.org/assignments/http-problem-types#quota-exceeded")
                    .contains("\"violated-policies\":[\"per-user\"]");
            assertThat(get(app, "Test-Caller", "bob")).isEqualTo(200);
        }
    }

    @Test
    void k02AllowsTheNextOneAfterExactlyRetryAfter() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("seven", 7, MINUTE)
                .fixedWindow("window", 9, MINUTE)
                .build();
        try (WebApp app = app(filter)) {
            clock.advance(Duration.ofMillis(1_234));
            for (int round = 0; round < 20; round++) {
                RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/x"));
                if (response.status() == 429) {
                    long seconds = Long.parseLong(response.header("Retry-After"));
                    assertThat(seconds).isBetween(1L, 60L);
                    clock.advance(Duration.ofSeconds(seconds));
                    response = RawClient.exchange(app.port(), RawRequest.get("/x"));
                }
                assertThat(response.status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "K04 one /64,             2001:db8:1:2::1,     2001:db8:1:2:ffff::9, 429",
        "K04 another /64,         2001:db8:1:2::1,     2001:db8:1:3::1,      200",
        "K04 an IPv4 each,        192.0.2.1,           192.0.2.2,            200",
        "K05 IPv4-mapped,         192.0.2.1,           ::ffff:192.0.2.1,     429",
        "K05 mapped in hex,       192.0.2.1,           ::FFFF:C000:0201,     429",
        "K05 upper case,          2001:db8:a::1,       2001:DB8:A::1,        429",
        "K05 long form,           2001:db8:a::1,       2001:0db8:000a:0:0:0:0:1, 429",
        "K05 a zone id,           fe80::1,             fe80::1%eth0,         429",
        "K05 a port,              192.0.2.1,           192.0.2.1:4711,       429",
        "K05 brackets and a port, 2001:db8:a::1,       [2001:db8:a::1]:4711, 429"
    })
    void countsAddressesAndNotTheirSpellings(String row, String first, String second, int status) {
        RateLimitFilter one = RateLimitFilter.builder().limit("one", 1, MINUTE).build();
        try (WebApp app = app(one)) {
            assertThat(get(app, "X-Forwarded-For", first)).isEqualTo(200);
            assertThat(get(app, "X-Forwarded-For", second)).as(row).isEqualTo(status);
        }
    }

    @Test
    void k04CountsAnotherPrefixIfAsked() {
        RateLimitFilter one = RateLimitFilter.builder()
                .limit("one", 1, MINUTE)
                .key(by(address()).ipv6Prefix(48))
                .build();
        try (WebApp app = app(one)) {
            assertThat(get(app, "X-Forwarded-For", "2001:db8:1:2::1")).isEqualTo(200);
            assertThat(get(app, "X-Forwarded-For", "2001:db8:1:3::1")).isEqualTo(429);
            assertThat(get(app, "X-Forwarded-For", "2001:db8:2:3::1")).isEqualTo(200);
        }
    }

    @Test
    void k06IgnoresForwardedAddressesOfPeersThatAreNotTrusted() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("limit", two(address()))
                .serve("/*", (request, response) -> response.getWriter().print("served"))
                .start()) {
            assertThat(get(app, "X-Forwarded-For", "192.0.2.1")).isEqualTo(200);
            assertThat(get(app, "X-Forwarded-For", "192.0.2.2", "Forwarded", "for=192.0.2.9"))
                    .isEqualTo(200);
            assertThat(get(app, "X-Forwarded-For", "192.0.2.3")).isEqualTo(429);
        }
    }

    @Test
    void k08HeadCountsLikeGetAndOtherMethodsOnTheirOwn() {
        try (WebApp app = app(two(method()))) {
            assertThat(get(app)).isEqualTo(200);
            assertThat(RawClient.exchange(app.port(), RawRequest.of("HEAD", "/x"))
                            .status())
                    .isEqualTo(200);
            assertThat(RawClient.exchange(app.port(), RawRequest.of("HEAD", "/x"))
                            .status())
                    .isEqualTo(429);
            assertThat(get(app)).isEqualTo(429);
            assertThat(RawClient.exchange(app.port(), RawRequest.post("/x")).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "claim:sub, 403",
        "claim:nothing, 403",
        "api-key, 403",
        "consumer+address, 403",
        "header:X-Tenant, 400",
        "address+header:X-Tenant, 400"
    })
    void k09RefusesWhatCannotBeCountedAndReadsNothingUnverified(String key, int status) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("two", 2, MINUTE)
                .key(LimitKey.parse(key))
                .build();
        try (WebApp app = app(filter)) {
            RawResponse response = RawClient.exchange(
                    app.port(),
                    RawRequest.get("/x")
                            .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")
                            .header("X-API-Key", "unverified")
                            .header("X-Tenant", " "));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.bodyText()).contains("\"rule\":\"limit-key-missing\"");
            assertThat(response.hasHeader("RateLimit")).isFalse();
        }
    }

    @Test
    void countsByTheAddressInsteadIfAsked() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("two", 2, MINUTE)
                .key(by(claim("sub")).onMissing(MissingKey.USE_ADDRESS))
                .build();
        try (WebApp app = app(filter)) {
            assertThat(get(app)).isEqualTo(200);
            assertThat(get(app)).isEqualTo(200);
            assertThat(get(app)).isEqualTo(429);
            assertThat(get(app, "X-Forwarded-For", "192.0.2.1")).isEqualTo(200);
            assertThat(get(app, "Test-Caller", "127.0.0.1")).isEqualTo(200);
        }
    }

    @Test
    void skipsWhatCannotBeCountedIfAsked() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("tenant", 1, MINUTE)
                .key(by(header("X-Tenant")).onMissing(MissingKey.SKIP))
                .build();
        try (WebApp app = app(filter)) {
            for (int i = 0; i < 3; i++) {
                RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/x"));
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.hasHeader("RateLimit")).isFalse();
            }
            assertThat(get(app, "X-Tenant", "a")).isEqualTo(200);
            assertThat(get(app, "X-Tenant", "a")).isEqualTo(429);
            assertThat(get(app, "X-Tenant", "b")).isEqualTo(200);
        }
    }

    @Test
    void chargesAllLimitsOrNone() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("all", 5, MINUTE)
                .key(by(LimitKey.route()))
                .limit("each", 2, MINUTE)
                .key(by(claim("sub")))
                .build();
        try (WebApp app = app(filter)) {
            assertThat(get(app, "Test-Caller", "a")).isEqualTo(200);
            assertThat(get(app, "Test-Caller", "a")).isEqualTo(200);
            for (int i = 0; i < 10; i++) {
                RawResponse refused =
                        RawClient.exchange(app.port(), RawRequest.get("/x").header("Test-Caller", "a"));
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.header("RateLimit")).isEqualTo("\"all\";r=3;t=12, \"each\";r=0;t=30");
                assertThat(refused.bodyText()).contains("\"violated-policies\":[\"each\"]");
            }
            assertThat(get(app, "Test-Caller", "b")).isEqualTo(200);
            assertThat(get(app, "Test-Caller", "c")).isEqualTo(200);
            assertThat(get(app, "Test-Caller", "d")).isEqualTo(200);
            RawResponse both =
                    RawClient.exchange(app.port(), RawRequest.get("/x").header("Test-Caller", "a"));
            assertThat(both.bodyText()).contains("\"violated-policies\":[\"all\",\"each\"]");
            assertThat(both.header("Retry-After")).isEqualTo("30");
        }
    }

    @Test
    void twoFiltersTellTogether() {
        RateLimitFilter second = RateLimitFilter.builder()
                .fixedWindow("second", 1, Duration.ofHours(1))
                .build();
        try (WebApp app = app(two(address()), second)) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(response.header("RateLimit-Policy")).isEqualTo("\"two\";q=2;w=60, \"second\";q=1;w=3600");
            assertThat(response.header("RateLimit")).isEqualTo("\"two\";r=1;t=30, \"second\";r=0;t=3600");
        }
    }

    @Test
    void tellsNothingIfAskedSaveWhenToComeBack() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("one", 1, MINUTE)
                .headers(RateLimitFilter.Headers.NONE)
                .build();
        try (WebApp app = app(filter)) {
            assertThat(RawClient.exchange(app.port(), RawRequest.get("/x")).hasHeader("RateLimit"))
                    .isFalse();
            RawResponse refused = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.hasHeader("RateLimit")).isFalse();
            assertThat(refused.hasHeader("RateLimit-Policy")).isFalse();
            assertThat(refused.header("Retry-After")).isEqualTo("60");
        }
    }

    @Test
    void blocksEverythingIfToldSoInWords() {
        RateLimitFilter filter = RateLimitFilter.builder().blockAll("closed").build();
        try (WebApp app = app(filter)) {
            RawResponse refused = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"closed\";q=0;w=86400");
            assertThat(refused.header("RateLimit")).isEqualTo("\"closed\";r=0;t=86400");
            assertThat(refused.header("Retry-After")).isEqualTo("86400");
        }
    }

    /** K26: what parts contain can neither end them nor make two keys one. */
    @Test
    void k26TellsPartsApartWhateverTheyContain() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("one", 1, MINUTE)
                .key(by(header("X-A"), header("X-B")))
                .build();
        String[][] pairs = {
            {"a", "bc"},
            {"ab", "c"},
            {"a:b", "c"},
            {"a", "b:c"},
            {"{a}", "bc"},
            {"a", "{bc}"},
            {"a\tb", "c"},
            {"a,b", "c"},
            {"a", "b,c"},
            {"%00", "c"},
            {"\u00e9", "c"}
        };
        try (WebApp app = app(filter)) {
            for (String[] pair : pairs) {
                assertThat(get(app, "X-A", pair[0], "X-B", pair[1])).isEqualTo(200);
            }
            for (String[] pair : pairs) {
                assertThat(get(app, "X-A", pair[0], "X-B", pair[1])).isEqualTo(429);
            }
            assertThat(get(app, "X-A", "a", "X-A", "b", "X-B", "c")).isEqualTo(200);
            assertThat(get(app, "X-A", "a", "X-B", "b", "X-B", "c")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api-key,          alice, bob,  200",
        "consumer,         alice, bob,  200",
        "consumer,         alice, alice, 429",
        "claim:tenant,     alice, bob,  429",
        "claim:sub+method, alice, alice, 429",
        "route,            alice, bob,  429"
    })
    void countsByWhatItIsTold(String key, String first, String second, int status) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("one", 1, MINUTE)
                .key(LimitKey.parse(key))
                .build();
        try (WebApp app = app(filter)) {
            assertThat(get(app, "Test-Caller", first)).isEqualTo(200);
            assertThat(get(app, "Test-Caller", second)).isEqualTo(status);
        }
    }

    /** One request is counted once, wherever the container takes it. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void countsAForwardedRequestOnce(Container container) {
        try (WebApp app = WebApp.on(container)
                .filter(FilterSetup.of("begin", new BegunExchange(clock, false)))
                .filter(FilterSetup.of("limit", two(address()))
                        .dispatchers(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ERROR))
                .serve(
                        "/from",
                        (request, response) ->
                                request.getRequestDispatcher("/to").forward(request, response))
                .serve("/to", (request, response) -> response.getWriter().print("served"))
                .start()) {
            RawRequest request = RawRequest.get("/from");
            assertThat(RawClient.exchange(app.port(), request).header("RateLimit"))
                    .isEqualTo("\"two\";r=1;t=30");
            assertThat(RawClient.exchange(app.port(), request).header("RateLimit"))
                    .isEqualTo("\"two\";r=0;t=30");
        }
    }

    @Test
    void replacesTheFieldsOfTheApplication() {
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("begin", new BegunExchange(clock, false))
                .filter("limit", two(address()))
                .serve("/*", (request, response) -> {
                    response.setHeader("RateLimit", "\"theirs\";r=5");
                    response.addHeader("RateLimit-Policy", "\"theirs\";q=5");
                })
                .start()) {
            RawResponse response = RawClient.exchange(app.port(), RawRequest.get("/x"));
            assertThat(response.header("RateLimit")).isEqualTo("\"two\";r=1;t=30");
            assertThat(response.header("RateLimit-Policy")).isEqualTo("\"two\";q=2;w=60");
        }
    }
}
