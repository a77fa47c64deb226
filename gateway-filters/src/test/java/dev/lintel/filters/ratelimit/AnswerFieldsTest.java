package dev.lintel.filters.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.BlockAll;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.option.Names;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row K30 of the hostile inputs: the fields are well-formed, and no number is below zero or above its limit. */
class AnswerFieldsTest {

    @ParameterizedTest
    @CsvSource({"100, PT1M, 60", "10, PT1S, 1", "10, PT0.5S, 1", "10, PT1.5S, 2", "1, P366D, 31622400", "7, PT1M, 60"})
    void k30TellsQuotaAndWindowRoundedUp(long capacity, Duration period, long seconds) {
        LimitState state = new LimitState(TokenBucket.of("x", capacity, period), capacity, 0, false);
        assertThat(StrictItems.parse(AnswerFields.policy(RateLimitDecision.allowed(List.of(state), 0))))
                .isEqualTo(Map.of("x", Map.of("q", capacity, "w", seconds)));
        assertThat(AnswerFields.state(RateLimitDecision.allowed(List.of(state), 0)))
                .isEqualTo("\"x\";r=" + capacity);
    }

    @Test
    void k30HoldsForEveryNameThatALimitCanHave() {
        StringBuilder name = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            String one = String.valueOf(c);
            if (Names.areValid(one)) {
                name.append(c);
                LimitState state = new LimitState(new BlockAll(one), 0, 1, true);
                assertThat(StrictItems.parse(AnswerFields.state(RateLimitDecision.refused(
                                List.of(state, new LimitState(new BlockAll("xx"), 0, 0, true)), 1))))
                        .containsKeys(one, "xx");
            }
        }
        assertThat(name).hasSize(26 + 26 + 10 + 3);
    }

    @Test
    void k30HoldsThroughAnySequenceOfRequests() {
        Random random = new Random(30);
        MutableClock clock = MutableClock.create();
        Time time = new Time(clock, clock.monotonic());
        List<RateLimit> limits = List.of(
                new TokenBucket("bucket", 20, 7, Duration.ofSeconds(3), 5),
                new FixedWindow("window", 9, Duration.ofSeconds(5)),
                TokenBucket.of("fast", 3, Duration.ofMillis(10)));
        LocalRateLimiter limiter = new LocalRateLimiter(limits, 3);
        int rejections = 0;
        for (int i = 0; i < 20_000; i++) {
            KeyHash key = new KeyHash(random.nextInt(6), 0);
            long cost = random.nextInt(8) == 0 ? random.nextLong(1, 25) : 1;
            RateLimitDecision decision = limiter.acquire(
                    limits.stream().map(limit -> new Charge(limit, key, cost)).toList(), time);
            Map<String, Map<String, Long>> policy = StrictItems.parse(AnswerFields.policy(decision));
            Map<String, Map<String, Long>> state = StrictItems.parse(AnswerFields.state(decision));
            assertThat(state.keySet()).containsExactly("bucket", "window", "fast");
            state.forEach((name, numbers) -> {
                long quota = policy.getOrDefault(name, Map.of()).getOrDefault("q", -1L);
                long remaining = numbers.getOrDefault("r", -1L);
                assertThat(remaining).isBetween(0L, quota);
                assertThat(numbers.containsKey("t")).isEqualTo(remaining < quota);
                assertThat(numbers.getOrDefault("t", 1L)).isBetween(1L, 8L);
            });
            if (!decision.isAllowed()) {
                rejections++;
                assertThat(decision.retryAfterSeconds()).isBetween(1L, 9L);
            }
            clock.advance(Duration.ofMillis(random.nextInt(600)));
        }
        assertThat(rejections).isBetween(1_000, 19_000);
    }
}
