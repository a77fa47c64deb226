package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What a decision of the local limiter costs, with two threads and a thousand keys. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(2)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LocalDecision {

    /** How many limits a request is charged to. */
    @Param({"1", "3"})
    public int limits;

    /** How they count. */
    @Param("token-bucket")
    public String policy = "token-bucket";

    private final List<List<Charge>> charges = new ArrayList<>();
    private RateLimiter limiter = new LocalRateLimiter(List.of(), 1);

    /** One thread's place among the keys. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;
    }

    /** Makes limits that hardly ever run dry, and charges for a thousand keys. */
    @Setup
    public void prepare() {
        List<RateLimit> all = new ArrayList<>();
        for (int i = 0; i < limits; i++) {
            all.add(limit("limit" + i));
        }
        limiter = new LocalRateLimiter(all, 100_000);
        SplittableRandom random = new SplittableRandom(1);
        for (int key = 0; key < 1024; key++) {
            KeyHash hash = new KeyHash(random.nextLong(), random.nextLong());
            charges.add(all.stream().map(limit -> new Charge(limit, hash, 1)).toList());
        }
    }

    private RateLimit limit(String name) {
        Duration second = Duration.ofSeconds(1);
        return switch (policy) {
            case "token-bucket" -> RateLimit.TokenBucket.of(name, 1_000_000, second);
            case "fixed-window" -> new RateLimit.FixedWindow(name, 1_000_000_000, Duration.ofDays(1));
            case "sliding-window" -> new RateLimit.SlidingWindow(name, 1_000_000_000, Duration.ofMinutes(1));
            case "leaky-bucket" ->
                RateLimit.LeakyBucket.of(name, 1_000_000, second, 1_000_000).nodelay();
            default -> throw new IllegalArgumentException("policy: " + policy + " (expected: one of the four)");
        };
    }

    /** Charges the next key. */
    @Benchmark
    public RateLimitDecision acquire(Turn turn) {
        turn.next = turn.next + 1 & 1023;
        return limiter.acquire(charges.get(turn.next), Time.system());
    }
}
