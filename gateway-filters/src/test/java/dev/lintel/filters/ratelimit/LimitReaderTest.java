package dev.lintel.filters.ratelimit;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static dev.lintel.limit.LimitKey.claim;
import static dev.lintel.limit.LimitKey.consumer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.CalendarPeriod.Unit;
import dev.lintel.limit.MissingKey;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.limit.RateLimit.SlidingWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import dev.lintel.option.ScalarType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits with options of their own, as init-params and as a file says them. */
class LimitReaderTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static RateLimitOptions read(OptionReader reader) {
        RateLimitOptions options = LimitReader.read(reader);
        reader.finish("RateLimitFilter");
        return options;
    }

    private static RateLimitOptions read(String... options) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            params.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return read(OptionReader.of(params));
    }

    private static RateLimit one(String... options) {
        List<LimitSetting> limits = read(options).limits();
        assertThat(limits).hasSize(1);
        return limits.get(0).limit();
    }

    /** Each with others beside which it may be as small as is told; how large it may be depends on them, but more than that it never is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capacity | algorithm=sliding-window;period=1m",
                "refill   | capacity=5;period=1h",
                "initial  | capacity=1000000000;period=1h",
                "rate     | algorithm=usage-plan;period=1h;burst=5;quota=5",
                "burst    | algorithm=leaky-bucket;rate=1000000",
                "delay    | algorithm=leaky-bucket;rate=1000000;burst=1000000",
                "quota    | algorithm=usage-plan;rate=1",
                "offset   | algorithm=fixed-window;period=1m;capacity=1000000000",
            })
    void tellsTheRangeOfEveryNumber(String name, String beside) {
        ScalarType.Whole range =
                (ScalarType.Whole) SettingCatalogue.ALL.find(name).orElseThrow().type();
        assertThat(range.most()).isEqualTo(RateLimit.MOST_UNITS);
        assertThat(read(options(name, range.least(), beside)).limits()).isNotEmpty();
        for (long refused : new long[] {range.least() - 1, range.most() + 1}) {
            assertThatThrownBy(() -> read(options(name, refused, beside)))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining(": " + refused + " (expected: ");
        }
    }

    private static String[] options(String name, long value, String beside) {
        return Stream.of((name + "=" + value + ";" + beside).split(";"))
                .map(option -> "limits.x." + option)
                .toArray(String[]::new);
    }

    @Test
    void readsEveryPolicy() {
        assertThat(one("limits.x.capacity=5", "limits.x.period=1m")).isEqualTo(TokenBucket.of("x", 5, MINUTE));
        assertThat(one("limits.x.capacity=5", "limits.x.period=1m", "limits.x.refill=2", "limits.x.initial=0"))
                .isEqualTo(new TokenBucket("x", 5, 2, MINUTE, 0));
        assertThat(one("limits.x.algorithm=fixed-window", "limits.x.capacity=5", "limits.x.period=15m"))
                .isEqualTo(new FixedWindow("x", 5, Duration.ofMinutes(15)));
        assertThat(one(
                        "limits.x.algorithm=fixed-window",
                        "limits.x.capacity=5",
                        "limits.x.period=month",
                        "limits.x.zone=Europe/Berlin",
                        "limits.x.firstDay=15",
                        "limits.x.offset=2"))
                .isEqualTo(new FixedWindow(
                        "x",
                        5,
                        CalendarPeriod.each(Unit.MONTHS)
                                .in(ZoneId.of("Europe/Berlin"))
                                .from(15),
                        2));
        assertThat(one("algorithm=sliding-window", "limits.x.capacity=5", "limits.x.period=1m"))
                .isEqualTo(new SlidingWindow("x", 5, MINUTE));
        assertThat(one("algorithm=leaky-bucket", "limits.x.rate=10", "limits.x.burst=20", "limits.x.nodelay=true"))
                .isEqualTo(new LeakyBucket("x", 10, Duration.ofSeconds(1), 20, 20));
        assertThat(one(
                        "algorithm=leaky-bucket",
                        "limits.x.rate=100",
                        "limits.x.period=1m",
                        "limits.x.burst=9",
                        "limits.x.delay=4"))
                .isEqualTo(new LeakyBucket("x", 100, MINUTE, 9, 4));
        assertThat(one("algorithm=concurrency", "limits.x.capacity=5", "limits.x.queue=3", "limits.x.maxWait=2s"))
                .isEqualTo(new Concurrency("x", 5, 3, Duration.ofSeconds(2)));
        assertThat(one("limits.x.algorithm=block")).isEqualTo(new RateLimit.BlockAll("x"));
    }

    @Test
    void readsShortFormsOfOtherPolicies() {
        assertThat(one("limits=x=5/week", "algorithm=fixed-window"))
                .isEqualTo(new FixedWindow("x", 5, CalendarPeriod.each(Unit.WEEKS)));
        assertThat(one("limits=x=5/10s", "algorithm=sliding-window"))
                .isEqualTo(new SlidingWindow("x", 5, Duration.ofSeconds(10)));
        assertThat(one("limits=x=10/1s", "algorithm=leaky-bucket"))
                .isEqualTo(LeakyBucket.of("x", 10, Duration.ofSeconds(1), 0));
        assertThat(one("limits=x=7", "algorithm=concurrency")).isEqualTo(Concurrency.of("x", 7));
    }

    @Test
    void eachLimitHasItsOwnKeyModeAndCostAndElseTheFilters() {
        RateLimitOptions options = read(
                "limits=short=1/1m",
                "key=claim:sub",
                "onMissingKey=skip",
                "status=503",
                "maxWaiting=5",
                "limits.own.capacity=5",
                "limits.own.period=1m",
                "limits.own.key=address",
                "limits.own.ipv6Prefix=48",
                "limits.own.onMissingKey=refuse",
                "limits.own.mode=observe",
                "limits.own.cost=3",
                "limits.own.costHeader=X-Cost",
                "limits.like.capacity=5",
                "limits.like.period=1m",
                "limits.like.costByBody=1KiB=1, 1MiB=10, *=100");
        assertThat(options.status()).isEqualTo(503);
        assertThat(options.maxWaiting()).isEqualTo(5);
        assertThat(options.limits())
                .extracting(LimitSetting::key)
                .containsExactly(
                        by(claim("sub")).onMissing(MissingKey.SKIP),
                        by(address()).ipv6Prefix(48),
                        by(claim("sub")).onMissing(MissingKey.SKIP));
        assertThat(options.limits().get(1).mode()).isEqualTo(LimitSetting.Mode.OBSERVE);
        assertThat(options.limits())
                .extracting(LimitSetting::cost)
                .containsExactly(
                        LimitCost.Fixed.ONE,
                        new LimitCost.ByAnswer("X-Cost", 3),
                        new LimitCost.ByBody(
                                List.of(new LimitCost.SizeClass(1_024, 1), new LimitCost.SizeClass(1_048_576, 10)),
                                100));
    }

    @Test
    void aPlanIsTwoLimitsWithTheSameKeyAndTiersOfBoth() {
        RateLimitOptions options = read(
                "limits.plan.algorithm=usage-plan",
                "limits.plan.key=consumer",
                "limits.plan.rate=10",
                "limits.plan.burst=20",
                "limits.plan.quota=1000",
                "limits.plan.quotaPeriod=month",
                "limits.plan.tier=claim:plan",
                "limits.plan.tiers.gold.rate=100",
                "limits.plan.tiers.gold.quota=50000",
                "limits.plan.tiers.gold.quotaPeriod=month");
        assertThat(options.limits())
                .extracting(limit -> limit.limit().name())
                .containsExactly("plan-throttle", "plan-quota");
        assertThat(options.limits()).extracting(LimitSetting::key).containsOnly(by(consumer()));
        assertThat(options.limits().get(0).tiers().limits())
                .containsExactly(Map.entry("gold", TokenBucket.of("plan-throttle", 100, Duration.ofSeconds(1))));
        assertThat(options.limits().get(1).tiers().limits())
                .containsExactly(
                        Map.entry("gold", new FixedWindow("plan-quota", 50_000, CalendarPeriod.each(Unit.MONTHS))));
    }

    @Test
    void aMapInAFileIsTheSame() {
        Map<String, Object> tree = Map.of(
                "key",
                "claim:sub",
                "limits",
                Map.of(
                        "x",
                        Map.of(
                                "capacity",
                                5,
                                "period",
                                "1m",
                                "tiers",
                                Map.of("gold", Map.of("capacity", 50, "period", "1m")))));
        RateLimitOptions options = read(OptionReader.ofTree(tree));
        assertThat(options.limits().get(0).limit()).isEqualTo(TokenBucket.of("x", 5, MINUTE));
        assertThat(options.limits().get(0).tiers().limits())
                .containsExactly(Map.entry("gold", TokenBucket.of("x", 50, MINUTE)));
        assertThat(read(OptionReader.ofTree(Map.of("limits", List.of("x=5/1m", "y=block"))))
                        .limits())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limits.x.capacty=5                                     | limits.x.capacty: unknown option (expected: capacity?",
                "limits.x.capacity=0;limits.x.period=1m                 | limits.x.capacity: 0 (expected: 1 to 1000000000",
                "limits.x.capacity=five;limits.x.period=1m              | limits.x.capacity: five",
                "limits.x.capacity=5                                    | limits.x.period: PT0S (expected: 1 ms",
                "limits.x.capacity=5;limits.x.period=soon               | limits.x.period: soon",
                "limits.x.capacity=5;limits.x.period=month              | limits.x.period: month (expected: a duration",
                "algorithm=fixed-window;limits.x.capacity=5             | limits.x.window: PT0S",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.key=me | limits.x.key: me (expected: address",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.mode=watch | limits.x.mode: watch (expected: one of enforce",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.cost=0 | limits.x.cost: 0",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.costByBody=5 | limits.x: not usable (expected: sizes and units",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.tier=me | limits.x.tier: me (expected: roles",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.tiers.a.key=address | limits.x.tiers.a.key: unknown option",
                "limits.x.capacity=5;limits.x.period=1m;limits.x.tiers.a.capacity=0 | limits.x.tiers.a.capacity: 0",
                "limits=x=1/1m;limits.x.capacity=5;limits.x.period=1m   | limits.x: given twice",
                "algorithm=leaky-bucket;limits.x.rate=1;limits.x.burst=9;limits.x.delay=10 | limits.x.delay: 10",
                "algorithm=fixed-window;limits.x.capacity=5;limits.x.period=day;limits.x.zone=Here | limits.x.zone: Here",
                "limits=x=1/1m;status=430                               | status: 430 (expected: 429 or 503)",
                "limits=x=1/1m;store=abacus                             | store: abacus (expected: none, since no module",
                "limits=x=1/1m;storeOptions.url=there                   | storeOptions: given (expected: a store"
            })
    void k28SaysWhichOptionCannotBeMeant(String options, String message) {
        assertThatThrownBy(() -> read(options.split(";", -1)))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }
}
