package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Charges ten million different keys, and one that has used everything up before, which must stay so. Tells by how much the heap has
 * grown, and how fast the first and the last million were.
 */
public final class ManyKeys {

    private static final int KEYS = 10_000_000;
    private static final int MILLION = 1_000_000;

    private ManyKeys() {}

    /** Counts by each policy in turn, each in a limiter as a filter has it unless told otherwise. */
    public static void main(String[] args) {
        Duration day = Duration.ofDays(1);
        Map<String, RateLimit> limits = new TreeMap<>(Map.of(
                "token-bucket", RateLimit.TokenBucket.of("x", 5, day),
                "fixed-window", new RateLimit.FixedWindow("x", 5, day),
                "sliding-window", new RateLimit.SlidingWindow("x", 5, day),
                "leaky-bucket", new RateLimit.LeakyBucket("x", 87, day, 4, 4)));
        System.out.printf(
                "%-15s %10s %12s %12s %12s %10s%n", "policy", "remembered", "growth", "first/s", "last/s", "let in");
        limits.forEach(ManyKeys::run);
    }

    private static void run(String name, RateLimit limit) {
        long before = used();
        LocalRateLimiter limiter = new LocalRateLimiter(List.of(limit), 100_000);
        KeyHash hot = new KeyHash(1, 1);
        Charge all = new Charge(limit, hot, 5);
        Charge one = new Charge(limit, hot, 1);
        boolean emptied = limiter.acquire(List.of(all), Time.system()).isAllowed();
        SplittableRandom random = new SplittableRandom(1);
        long first = 0;
        long started = System.nanoTime();
        int hotLetIn = 0;
        for (int i = 0; i < KEYS; i++) {
            KeyHash key = new KeyHash(random.nextLong(), random.nextLong());
            limiter.acquire(List.of(new Charge(limit, key, 1)), Time.system());
            if (i % 1_000 == 0) {
                hotLetIn += limiter.acquire(List.of(one), Time.system()).isAllowed() ? 1 : 0;
            }
            if ((i + 1) % MILLION == 0) {
                long now = System.nanoTime();
                first = first == 0 ? now - started : first;
                if (i + 1 == KEYS) {
                    tell(
                            name,
                            limiter.counted(limit).buckets().size(),
                            used() - before,
                            first,
                            now - started,
                            hotLetIn);
                }
                started = now;
            }
        }
        if (!emptied || hotLetIn > 0) {
            throw new IllegalStateException(
                    name + ": a key at zero was let in " + hotLetIn + " times (expected: never)");
        }
    }

    private static void tell(String name, int remembered, long growth, long first, long last, int letIn) {
        System.out.printf(
                "%-15s %10d %8.1f MiB %12.0f %12.0f %10d%n",
                name, remembered, growth / 1_048_576.0, MILLION * 1e9 / first, MILLION * 1e9 / last, letIn);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
