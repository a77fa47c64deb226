package dev.lintel.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Time;
import dev.lintel.filters.ratelimit.CountsAlone;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimit.FixedWindow;
import dev.lintel.limit.RateLimit.LeakyBucket;
import dev.lintel.limit.RateLimit.SlidingWindow;
import dev.lintel.limit.RateLimit.TokenBucket;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import dev.lintel.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same traffic gets the same decisions, whether counted in this process or through Redis. */
class SharedAsAloneTest {

    private static final int REQUESTS = 1_500;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * Redis forgets by its own clock, which goes on: what is used takes many seconds to come back, so that no busy machine makes a
     * difference.
     */
    static Stream<Arguments> traffic() {
        List<List<RateLimit>> limits = List.of(
                List.of(TokenBucket.of("seven", 7, MINUTE)),
                List.of(TokenBucket.of("odd-interval", 7, Duration.ofSeconds(100))),
                List.of(new TokenBucket("slow-start", 10, 3, Duration.ofMillis(700), 0)),
                List.of(TokenBucket.of("huge", 1_000_000_000, Duration.ofDays(300))),
                List.of(TokenBucket.of("year", 366, Duration.ofDays(366))),
                List.of(new FixedWindow("window", 5, Duration.ofMinutes(20))),
                List.of(new FixedWindow("day", 400, Duration.ofDays(1))),
                List.of(new SlidingWindow("sliding", 12, Duration.ofSeconds(16))),
                List.of(LeakyBucket.of("leaky", 7, MINUTE, 5)),
                List.of(new LeakyBucket("leaky-delay", 3, Duration.ofSeconds(20), 8, 2)),
                List.of(
                        TokenBucket.of("a", 30, Duration.ofMinutes(90)),
                        new FixedWindow("b", 9, Duration.ofMinutes(90))));
        List<Arguments> rows = new ArrayList<>();
        for (List<RateLimit> row : limits) {
            for (RedisProgram program : RedisProgram.values()) {
                rows.add(Arguments.of(row.stream().map(RateLimit::name).toList(), program, row));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("traffic")
    void decidesAsOneGatewayAlone(List<String> names, RedisProgram program, List<RateLimit> limits) throws Exception {
        MutableClock clock = MutableClock.create();
        Time time = new Time(clock, clock.monotonic());
        RateLimiter alone = CountsAlone.of(limits);
        Random random = new Random(names.hashCode());
        int allowed = 0;
        // slices and milliseconds are counted from the first question on: here from where those of Redis begin, too
        alone.peek(
                limits.stream().map(limit -> new Charge(limit, Asking.KEY, 1)).toList(), time);
        try (RedisServer server = RedisServer.start(program);
                RedisStore store = Patient.store(server).clock(time).build()) {
            for (int i = 0; i < REQUESTS; i++) {
                clock.advance(step(random, limits.get(0).window()));
                long cost = random.nextInt(10) == 0 ? 1 + random.nextInt(4) : 1;
                KeyHash key = new KeyHash(5, random.nextInt(2));
                List<Charge> charges = limits.stream()
                        .map(limit -> new Charge(limit, key, cost))
                        .toList();
                RateLimitDecision shared = random.nextInt(5) == 0
                        ? get(store.peek(charges, time), alone.peek(charges, time), i)
                        : get(store.acquire(charges, time), alone.acquire(charges, time), i);
                allowed += shared.isAllowed() ? 1 : 0;
            }
        }
        assertThat(allowed).isBetween(100, REQUESTS);
    }

    private static RateLimitDecision get(CompletionStage<RateLimitDecision> later, RateLimitDecision alone, int i)
            throws Exception {
        RateLimitDecision shared = later.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(shared.isAllowed()).as("request " + i).isEqualTo(alone.isAllowed());
        assertThat(shared.states()).as("request " + i).isEqualTo(alone.states());
        assertThat(shared.retryAfterSeconds()).as("request " + i).isEqualTo(alone.retryAfterSeconds());
        assertThat(shared.delayMillis()).as("request " + i).isEqualTo(alone.delayMillis());
        return shared;
    }

    /** Whole microseconds, which is what Redis' clock tells; mostly a part of what a unit takes to come back. */
    private static Duration step(Random random, Duration window) {
        long micros = window.toNanos() / 1_000;
        long most = Math.max(2, random.nextInt(50) == 0 ? micros : micros / 40);
        return Duration.ofNanos(1_000 * random.nextLong(most));
    }
}
