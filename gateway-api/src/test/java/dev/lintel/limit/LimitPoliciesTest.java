package dev.lintel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.limit.CalendarPeriod.Unit;
import dev.lintel.limit.RateLimit.Concurrency;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.limit.RateLimit.SlidingWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.option.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row K28 of the hostile inputs for windows that slide, buckets that leak, permits and plans; and what limits say of themselves. */
class LimitPoliciesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Wrong(String message, Runnable making) {}

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong("capacity: 0", () -> new SlidingWindow("x", 0, MINUTE)),
                new Wrong("window: PT0.009S (expected: 10 ms", () -> new SlidingWindow("x", 1, Duration.ofMillis(9))),
                new Wrong("window: PT8808H", () -> new SlidingWindow("x", 1, Duration.ofDays(367))),
                new Wrong("rate: 0", () -> LeakyBucket.of("x", 0, SECOND, 5)),
                new Wrong("rate: 1000001 (expected: a thousandth", () -> LeakyBucket.of("x", 1_000_001, SECOND, 5)),
                new Wrong("rate: 1 (expected: a thousandth", () -> LeakyBucket.of("x", 1, Duration.ofHours(1), 0)),
                new Wrong("burst: -1", () -> LeakyBucket.of("x", 1, SECOND, -1)),
                new Wrong("burst: 1000001", () -> LeakyBucket.of("x", 1, SECOND, 1_000_001)),
                new Wrong("burst: 5000 (expected: small enough", () -> LeakyBucket.of("x", 1, SECOND, 5_000)),
                new Wrong("delay: 6 (expected: 0 to the burst)", () -> new LeakyBucket("x", 1, SECOND, 5, 6)),
                new Wrong("period: PT0.5S", () -> LeakyBucket.of("x", 1, Duration.ofMillis(500), 5)),
                new Wrong("queue: -1", () -> new Concurrency("x", 1, -1, SECOND)),
                new Wrong("queue: 10001", () -> new Concurrency("x", 1, 10_001, SECOND)),
                new Wrong("maxWait: PT0S (expected: 1 ms", () -> new Concurrency("x", 1, 1, Duration.ZERO)),
                new Wrong("maxWait: PT1S", () -> new Concurrency("x", 1, 0, SECOND)),
                new Wrong("maxWait: PT1M1S", () -> new Concurrency("x", 1, 1, MINUTE.plusSeconds(1))),
                new Wrong("offset: 6", () -> new FixedWindow("x", 5, CalendarPeriod.each(Unit.DAYS), 6)),
                new Wrong("capacity: 0", () -> plan(1, 0, 5)),
                new Wrong("rate: 0", () -> plan(0, 1, 5)),
                new Wrong("capacity: 0", () -> plan(1, 1, 0)));
    }

    private static UsagePlan plan(long rate, long burst, long quota) {
        return new UsagePlan("x", rate, SECOND, burst, quota, CalendarPeriod.each(Unit.DAYS), 0);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void k28RefusesWhatCannotBeMeant(Wrong wrong) {
        assertThatThrownBy(wrong.making()::run)
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(wrong.message());
    }

    @Test
    void aUsagePlanIsAThrottleAndAQuota() {
        assertThat(plan(10, 20, 1_000).limits())
                .containsExactly(
                        new TokenBucket("x-throttle", 20, 10, SECOND, 20),
                        new FixedWindow("x-quota", 1_000, CalendarPeriod.each(Unit.DAYS)));
        // a burst below the rate is the same rate in a shorter time
        assertThat(plan(100, 50, 1_000).limits().get(0))
                .isEqualTo(new TokenBucket("x-throttle", 50, 50, Duration.ofMillis(500), 50));
    }

    @Test
    void tellQuotaAndWindow() {
        assertThat(LeakyBucket.of("x", 100, MINUTE, 20).thousandthsPerSecond()).isEqualTo(1_666);
        assertThat(LeakyBucket.of("x", 100, MINUTE, 20).quota()).isEqualTo(21);
        assertThat(LeakyBucket.of("x", 10, SECOND, 9).window()).isEqualTo(SECOND);
        assertThat(new SlidingWindow("x", 5, MINUTE).window()).isEqualTo(MINUTE);
        assertThat(Concurrency.of("x", 5).window()).isZero();
        assertThat(new FixedWindow("x", 5, CalendarPeriod.each(Unit.MONTHS)).window())
                .isEqualTo(Duration.ofDays(30));
    }

    static Stream<RateLimit> all() {
        return Stream.of(
                TokenBucket.of("x", 1_000, MINUTE),
                TokenBucket.of("x", 1, Duration.ofDays(366)),
                TokenBucket.of("x", 1_000, Duration.ofMillis(1)),
                new TokenBucket("x", 7, 1, SECOND, 3),
                new FixedWindow("x", 1_000, MINUTE),
                new SlidingWindow("x", 1_000, MINUTE),
                LeakyBucket.of("x", 100, MINUTE, 20),
                LeakyBucket.of("x", 1, MINUTE, 1),
                new Concurrency("x", 5, 3, SECOND),
                new RateLimit.BlockAll("x"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aShareIsALimitOfItsOwnAndAllSharesAreNoMoreThanTheWhole(RateLimit limit) {
        for (int parts : new int[] {1, 2, 3, 7, 1_000}) {
            assertThatCode(() -> limit.share(parts)).doesNotThrowAnyException();
            RateLimit share = limit.share(parts);
            assertThat(share.name()).isEqualTo("x");
            assertThat(share.quota()).isLessThanOrEqualTo(Math.max(1, limit.quota()));
            if (limit.quota() >= parts && !(limit instanceof LeakyBucket)) {
                assertThat(share.quota() * parts).isLessThanOrEqualTo(limit.quota());
            }
        }
    }

    @Test
    void aPresentedKeyIsThatOfARequest() {
        KeyHasher hasher = KeyHasher.of(new byte[16]);
        LimitKey key = LimitKey.parse("address+claim:sub");
        KeyHash hash = key.hash(List.of("2001:db8::1", "alice"), hasher);
        assertThat(key.hash(List.of("2001:DB8:0:0::ffff", "alice"), hasher)).isEqualTo(hash);
        assertThat(key.hash(List.of("2001:db8:0:1::1", "alice"), hasher)).isNotEqualTo(hash);
        assertThat(key.hash(List.of("2001:db8::1", "bob"), hasher)).isNotEqualTo(hash);
        assertThat(key.hash(List.of("2001:db8::1", "alice"), hasher.scoped("other")))
                .isNotEqualTo(hash);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.hash(List.of("alice"), hasher))
                .withMessage("values: 1 (expected: 2, for address+claim:sub)");
    }
}
