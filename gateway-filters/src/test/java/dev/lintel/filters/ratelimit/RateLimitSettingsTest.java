package dev.lintel.filters.ratelimit;

import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Time;
import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.UsagePlan;
import dev.lintel.testing.Container;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.WebApp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each limit can be told for itself, and how clients are told. */
class RateLimitSettingsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-03-01T10:00:20Z"));

    private WebApp app(Container container, RateLimitFilter filter) {
        return WebApp.on(container)
                .filter("begin", new BegunExchange(clock, true))
                .filter("limit", filter)
                .serve("/*", (request, response) -> {
                    String cost = request.getHeader("Answer-Cost");
                    if (cost != null) {
                        response.setHeader("X-Cost", cost);
                    }
                    request.getInputStream().readAllBytes();
                    response.getWriter().print("served");
                })
                .start();
    }

    private WebApp app(RateLimitFilter filter) {
        return app(Container.JETTY_EE10, filter);
    }

    private static RateLimitFilter only(LimitSetting setting) {
        return RateLimitFilter.builder().limit(setting).build();
    }

    private static RawResponse get(WebApp app, String... headers) {
        RawRequest request = RawRequest.get("/x");
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return RawClient.exchange(app.port(), request);
    }

    @Test
    void observedLimitsCountAndTellAndRefuseNothing() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit(LimitSetting.of(TokenBucket.of("watched", 2, MINUTE)).mode(LimitSetting.Mode.OBSERVE))
                .limit("held", 4, MINUTE)
                .build();
        try (WebApp app = app(filter)) {
            for (int i = 0; i < 4; i++) {
                RawResponse response = get(app);
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("RateLimit")).contains("\"watched\";r=" + Math.max(0, 1 - i));
            }
            assertThat(filter.view().limits())
                    .extracting(LimitView.Standing::exceeded)
                    .containsExactly(2L, 0L);
            RawResponse refused = get(app);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("15");
        }
    }

    @Test
    void callersOfATierHaveItsNumbersAndTheFirstOfSeveral() {
        LimitTiers tiers = new LimitTiers("roles", Map.of())
                .tier("gold", TokenBucket.of("x", 3, MINUTE))
                .tier("silver", TokenBucket.of("x", 2, MINUTE));
        LimitSetting setting = LimitSetting.of(TokenBucket.of("x", 1, MINUTE))
                .key(by(claim("sub")))
                .tiers(tiers);
        try (WebApp app = app(only(setting))) {
            assertThat(get(app, "Test-Caller", "a").header("RateLimit")).isEqualTo("\"x\";r=0;t=60");
            assertThat(get(app, "Test-Caller", "b", "Test-Roles", "silver").header("RateLimit"))
                    .isEqualTo("\"x\";r=1;t=30");
            assertThat(get(app, "Test-Caller", "c", "Test-Roles", "silver gold").header("RateLimit"))
                    .isEqualTo("\"x\";r=2;t=20");
            assertThat(get(app, "Test-Caller", "a").status()).isEqualTo(429);
            assertThat(get(app, "Test-Caller", "b", "Test-Roles", "silver").status())
                    .isEqualTo(200);
            assertThat(get(app, "Test-Caller", "b", "Test-Roles", "silver").status())
                    .isEqualTo(429);
        }
    }

    @Test
    void k29ChargesWhatARequestCosts() {
        LimitSetting setting = LimitSetting.of(TokenBucket.of("x", 10, MINUTE)).cost(new LimitCost.Fixed(4));
        try (WebApp app = app(only(setting))) {
            assertThat(get(app).header("RateLimit")).startsWith("\"x\";r=6;");
            assertThat(get(app).header("RateLimit")).startsWith("\"x\";r=2;");
            RawResponse refused = get(app);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("12");
            clock.advance(Duration.ofSeconds(12));
            assertThat(get(app).status()).isEqualTo(200);
        }
    }

    /** What the answer says is charged when the request has ended: less is given back, more is owed. */
    @ParameterizedTest
    @EnumSource(Container.class)
    void k29SettlesByTheAnswer(Container container) {
        LimitSetting setting = LimitSetting.of(new FixedWindow("x", 100, Duration.ofDays(1)))
                .cost(new LimitCost.ByAnswer("X-Cost", 10));
        try (WebApp app = app(container, only(setting))) {
            assertThat(remainingBefore(app, "Answer-Cost", "3")).isEqualTo(90);
            assertThat(remainingBefore(app)).isEqualTo(87);
            assertThat(remainingBefore(app, "Answer-Cost", "nothing")).isEqualTo(77);
            assertThat(remainingBefore(app, "Answer-Cost", "-5")).isEqualTo(67);
            assertThat(remainingBefore(app, "Answer-Cost", "99999999999999999999"))
                    .isEqualTo(57);
            assertThat(remainingBefore(app, "Answer-Cost", "9999999999")).isEqualTo(47);
            assertThat(get(app).status()).isEqualTo(429);
            assertThat(get(app).header("RateLimit")).startsWith("\"x\";r=0;");
        }
    }

    private static long remainingBefore(WebApp app, String... headers) {
        String state = get(app, headers).header("RateLimit");
        return Long.parseLong(state.substring(state.indexOf("r=") + 2, state.lastIndexOf(';')));
    }

    @ParameterizedTest
    @CsvSource({"0, 99", "10, 99", "11, 95", "1000, 95", "1001, 50"})
    void chargesByTheSizeOfTheBody(int bytes, long left) {
        LimitCost cost =
                new LimitCost.ByBody(List.of(new LimitCost.SizeClass(10, 1), new LimitCost.SizeClass(1_000, 5)), 50);
        try (WebApp app =
                app(only(LimitSetting.of(TokenBucket.of("x", 100, MINUTE)).cost(cost)))) {
            RawRequest request = RawRequest.post("/x").body("b".repeat(bytes));
            assertThat(RawClient.exchange(app.port(), request).header("RateLimit"))
                    .startsWith("\"x\";r=" + left + ";");
        }
    }

    @Test
    void chargesForTheLargestBodyAtFirstIfTheSizeIsNotTold() {
        LimitCost cost = new LimitCost.ByBody(List.of(new LimitCost.SizeClass(10, 1)), 50);
        try (WebApp app =
                app(only(LimitSetting.of(TokenBucket.of("x", 100, MINUTE)).cost(cost)))) {
            RawRequest request = RawRequest.post("/x").chunked("abc");
            assertThat(RawClient.exchange(app.port(), request).header("RateLimit"))
                    .startsWith("\"x\";r=50;");
            assertThat(get(app).header("RateLimit")).startsWith("\"x\";r=98;");
        }
    }

    @Test
    void aUsagePlanIsAThrottleAndAQuotaTogether() {
        UsagePlan plan = new UsagePlan(
                "plan", 2, Duration.ofSeconds(1), 3, 5, CalendarPeriod.each(CalendarPeriod.Unit.MONTHS), 1);
        try (WebApp app = app(RateLimitFilter.builder().usagePlan(plan).build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(app).status()).isEqualTo(200);
            }
            RawResponse throttled = get(app);
            assertThat(throttled.status()).isEqualTo(429);
            assertThat(throttled.bodyText()).contains("\"violated-policies\":[\"plan-throttle\"]");
            clock.advance(Duration.ofSeconds(10));
            assertThat(get(app).status()).isEqualTo(200);
            RawResponse used = get(app);
            assertThat(used.bodyText()).contains("\"violated-policies\":[\"plan-quota\"]");
            assertThat(Long.parseLong(used.header("Retry-After")))
                    .isEqualTo(Duration.between(clock.instant(), Instant.parse("2026-04-01T00:00:00Z"))
                            .toSeconds());
            clock.advance(Duration.ofDays(31));
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofSeconds(2));
                assertThat(get(app).status()).isEqualTo(200);
            }
            clock.advance(Duration.ofSeconds(2));
            assertThat(get(app).status()).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X_RATELIMIT | X-RateLimit-Limit=9, X-RateLimit-Remaining=8, X-RateLimit-Reset=40",
                "IETF_03     | RateLimit-Limit=9, RateLimit-Remaining=8, RateLimit-Reset=40",
                "KONG        | X-RateLimit-Limit-Minute=9, X-RateLimit-Remaining-Minute=8, X-RateLimit-Limit-Hour=100,"
                        + " X-RateLimit-Remaining-Hour=99, RateLimit-Limit=9, RateLimit-Remaining=8, RateLimit-Reset=40",
                "DRAFT       | RateLimit-Policy=\"m\";q=9;w=60, RateLimit=\"m\";r=8;t=40",
                "NONE        | Served=no"
            })
    void k30TellsInTheWayThatIsAskedFor(RateLimitFilter.Headers kind, String fields) {
        RateLimitFilter filter = RateLimitFilter.builder()
                .fixedWindow("m", 9, MINUTE)
                .fixedWindow("h", 100, Duration.ofHours(1))
                .headers(kind)
                .build();
        try (WebApp app = app(filter)) {
            RawResponse response = get(app);
            for (String field : fields.split(", ", -1)) {
                String name = field.substring(0, field.indexOf('='));
                if (kind == RateLimitFilter.Headers.NONE) {
                    assertThat(response.hasHeader("RateLimit")).isFalse();
                    assertThat(response.hasHeader("RateLimit-Limit")).isFalse();
                } else {
                    assertThat(response.header(name)).startsWith(field.substring(name.length() + 1));
                }
            }
        }
    }

    @Test
    void refusesWith503IfAsked() {
        RateLimitFilter filter =
                RateLimitFilter.builder().limit("x", 1, MINUTE).status(503).build();
        try (WebApp app = app(filter)) {
            assertThat(get(app).status()).isEqualTo(200);
            RawResponse refused = get(app);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("60");
            assertThat(refused.bodyText()).contains("\"rule\":\"rate-limit-exceeded\"");
        }
    }

    /** K32: what was asked for counts, whatever becomes of it. */
    @Test
    void k32GivesNothingBackWhenAServiceFails() {
        RateLimitFilter filter = RateLimitFilter.builder().limit("x", 2, MINUTE).build();
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("begin", new BegunExchange(clock, false))
                .filter("limit", filter)
                .serve("/*", (request, response) -> response.setStatus(500))
                .start()) {
            assertThat(get(app).status()).isEqualTo(500);
            assertThat(get(app).status()).isEqualTo(500);
            assertThat(get(app).status()).isEqualTo(429);
        }
    }

    @Test
    void showsAndForgetsWhatAPresentedKeyHasUsed() {
        RateLimitFilter filter = RateLimitFilter.builder()
                .limit("x", 2, MINUTE)
                .key(LimitKey.parse("claim:sub+address+method"))
                .build();
        List<String> alice = List.of("alice", "127.0.0.1", "GET");
        try (WebApp app = app(filter)) {
            get(app, "Test-Caller", "alice");
            get(app, "Test-Caller", "alice");
            get(app, "Test-Caller", "bob");
            Time time = new Time(clock, clock.monotonic());
            LimitView view = filter.view();
            assertThat(view.look("x", alice, time))
                    .extracting(state -> state.remaining())
                    .containsExactly(0L);
            assertThat(view.busiest("x", 10, time))
                    .extracting(LimitView.BusyKey::remaining)
                    .containsExactly(0L, 1L);
            assertThat(view.busiest("x", 1, time))
                    .extracting(LimitView.BusyKey::remaining)
                    .containsExactly(0L);
            assertThat(get(app, "Test-Caller", "alice").status()).isEqualTo(429);
            assertThat(view.reset("x", List.of("carol", "127.0.0.1", "GET"))).isFalse();
            assertThat(view.reset("x", alice)).isTrue();
            assertThat(get(app, "Test-Caller", "alice").status()).isEqualTo(200);
            assertThat(view.allowed()).isEqualTo(4);
            assertThat(view.refused()).isEqualTo(1);
            assertThat(view.busiest("x", 10, time).toString()).doesNotContain("alice");
        }
    }
}
