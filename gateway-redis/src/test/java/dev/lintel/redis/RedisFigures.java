package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit.TokenBucket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what the documentation tells; no test. {@code rate}: decisions a second, beside {@code redis-benchmark} if it is on the
 * path. {@code shared SECONDS}: two gateways at twice the limit. {@code latency}: one decision at a time.
 * {@code faults}: how long decisions take while Redis is in trouble.
 */
public final class RedisFigures {

    private static final TokenBucket MANY = TokenBucket.of("many", 900_000_000, Duration.ofDays(300));
    /** The second value of a line of values in quotation marks. */
    private static final Pattern SECOND = Pattern.compile("^\"[^\"]*\",\"([0-9.]+)\"");

    private static final int AT_ONCE = 256;

    private RedisFigures() {}

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "rate" -> rate(Integer.parseInt(words[1]));
            case "shared" -> shared(Integer.parseInt(words[1]));
            case "faults" -> faults();
            case "latency" -> latency(Integer.parseInt(words[1]));
            default -> throw new IllegalArgumentException(words[0] + " (expected: rate, shared or latency)");
        }
    }

    private static void rate(int rounds) throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisStore plain = Patient.store(server).build();
                RedisStore leased = Patient.store(server)
                        .namespace("leased")
                        .lease(1_000, Duration.ofMillis(500))
                        .build()) {
            String[] bare = bareScript(plain);
            decisions(plain, 100_000);
            decisions(leased, 100_000);
            for (int round = 0; round < rounds; round++) {
                double bench = benchmark(server, bare);
                double one = decisions(plain, 100_000);
                double many = decisions(leased, 2_000_000);
                say(
                        "bare script %.0f/s, through the store %.0f/s (%.2f), with leases %.0f/s (%.1f x)",
                        bench, one, one / bench, many, many / one);
            }
        }
    }

    /** The command that the store sends, as words for redis-benchmark. */
    private static String[] bareScript(RedisStore store) throws Exception {
        decisions(store, 1);
        LimitCode code = LimitCode.of(MANY, new Permits(Permits.LIFE));
        String[] arguments = new String[10];
        arguments[0] = "take";
        arguments[1] = "";
        code.write(arguments, 2, 1, false, Time.system());
        List<String> words = new ArrayList<>(List.of("evalsha", Script.DECIDE.digest(), "1", "bare:{hot}"));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }

    private static double benchmark(RedisServer server, String[] bare) throws IOException {
        List<String> command = new ArrayList<>(List.of("redis-benchmark", "-p", Integer.toString(server.port())));
        command.addAll(List.of("-n", "100000", "-c", "50", "--csv"));
        command.addAll(Arrays.asList(bare));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String last = "";
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    last = line;
                }
                Matcher second = SECOND.matcher(last);
                return second.find() ? Double.parseDouble(second.group(1)) : Double.NaN;
            }
        } catch (IOException notInstalled) {
            return Double.NaN;
        }
    }

    private static double decisions(RedisStore store, int number) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicLong missing = new AtomicLong();
        List<Charge> charges = List.of(new Charge(MANY, Asking.KEY, 1));
        long begin = System.nanoTime();
        for (int i = 0; i < number; i++) {
            free.acquire();
            var unused = store.acquire(charges, Time.system()).whenComplete((decision, failure) -> {
                if (failure != null) {
                    missing.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(AT_ONCE);
        if (missing.get() > 0) {
            say("%d of %d not decided", missing.get(), number);
        }
        return number * 1e9 / (System.nanoTime() - begin);
    }

    private static void shared(int seconds) throws Exception {
        for (int units : new int[] {0, 50}) {
            shared(seconds, units);
        }
    }

    private static void shared(int seconds, int units) throws Exception {
        int rate = 1_000;
        TokenBucket limit = TokenBucket.of("limit", rate, Duration.ofSeconds(1));
        try (RedisServer server = RedisServer.start();
                RedisStore one = gateway(server, units);
                RedisStore other = gateway(server, units)) {
            AtomicLong allowed = new AtomicLong();
            long asked = 0;
            AtomicLong failed = new AtomicLong();
            List<Charge> charges = List.of(new Charge(limit, new KeyHash(4, 4), 1));
            long begin = System.nanoTime();
            long end = begin + TimeUnit.SECONDS.toNanos(seconds);
            for (long now = begin; now - end < 0; now = System.nanoTime()) {
                long due = (now - begin) * 2 * rate / 1_000_000_000L;
                while (asked < due) {
                    RedisStore store = asked++ % 2 == 0 ? one : other;
                    var unused = store.acquire(charges, Time.system()).whenComplete((decision, failure) -> {
                        if (failure != null) {
                            failed.incrementAndGet();
                        } else if (decision.isAllowed()) {
                            allowed.incrementAndGet();
                        }
                    });
                }
                LockSupport.parkNanos(1_000_000);
            }
            double took = (System.nanoTime() - begin) / 1e9;
            LockSupport.parkNanos(500_000_000);
            double expected = rate * took + limit.capacity();
            say(
                    "lease %d: asked %d in %.1f s, allowed %d, limit with burst %.0f (%+.2f %%), not decided %d",
                    units, asked, took, allowed.get(), expected, 100 * (allowed.get() / expected - 1), failed.get());
        }
    }

    private static RedisStore gateway(RedisServer server, int units) {
        RedisStoreBuilder store = Patient.store(server);
        return (units == 0 ? store : store.lease(units, Duration.ofMillis(200))).build();
    }

    private static void faults() {
        Fault.all().forEach(RedisFigures::fault);
    }

    /** 400 decisions a second, each with its fallback at once: how long they take, and when Redis decides again. */
    private static void fault(Fault fault) {
        try (RedisServer server = RedisServer.start();
                FaultProxy wire = FaultProxy.to(server);
                RedisStore store = RedisStore.builder()
                        .uri("redis://127.0.0.1:" + wire.port())
                        .startTimeout(Duration.ofSeconds(20))
                        .build()) {
            Fault.Setup setup = new Fault.Setup(server, wire);
            for (int i = 0; i < 10 && load(store, 1).stream().anyMatch(one -> one[2] == 0); i++) {
                LockSupport.parkNanos(1_000_000_000);
            }
            long begin = System.nanoTime();
            Thread breaking = new Thread(() -> fault.begin().accept(setup));
            breaking.start();
            List<long[]> during = load(store, 4);
            long opened = during.stream()
                    .filter(one -> one[2] == 0)
                    .mapToLong(one -> one[0] - begin)
                    .min()
                    .orElse(-1);
            breaking.join();
            fault.end().accept(setup);
            long healed = System.nanoTime();
            long back = load(store, 3).stream()
                    .filter(one -> one[2] == 1)
                    .mapToLong(one -> one[0] - healed)
                    .min()
                    .orElse(-1);
            say(
                    "%-22s p99 in the first second %.1f ms, after that %.3f ms; first without Redis after %d ms, with it again after %d ms",
                    fault.name(),
                    p99(during, begin, 0, 1),
                    p99(during, begin, 1, 4),
                    opened / 1_000_000,
                    back / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For each decision when it was asked for, how long it took, and whether Redis made it. */
    private static List<long[]> load(RedisStore store, int seconds) throws InterruptedException {
        List<long[]> all = Collections.synchronizedList(new ArrayList<>());
        List<Charge> charges = List.of(new Charge(MANY, Asking.KEY, 1));
        long begin = System.nanoTime();
        for (int i = 0; i < 400 * seconds; i++) {
            LockSupport.parkNanos(begin + i * 2_500_000L - System.nanoTime());
            long asked = System.nanoTime();
            var unused = store.acquire(charges, Time.system())
                    .whenComplete((decision, failure) ->
                            all.add(new long[] {asked, System.nanoTime() - asked, failure == null ? 1 : 0}));
        }
        LockSupport.parkNanos(100_000_000);
        return List.copyOf(all);
    }

    private static double p99(List<long[]> all, long begin, int fromSecond, int toSecond) {
        long[] times = all.stream()
                .filter(one ->
                        one[0] - begin >= fromSecond * 1_000_000_000L && one[0] - begin < toSecond * 1_000_000_000L)
                .mapToLong(one -> one[1])
                .sorted()
                .toArray();
        return times.length == 0 ? Double.NaN : times[(int) (times.length * 0.99)] / 1e6;
    }

    private static void latency(int rounds) throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisStore store = Patient.store(server).build();
                RespClient client = new RespClient(server.port())) {
            String[] bare = bareScript(store);
            List<Charge> charges = List.of(new Charge(MANY, Asking.KEY, 1));
            for (int round = 0; round < rounds; round++) {
                double alone = median(() -> client.call(bare));
                double through = median(() ->
                        Asking.decided(store.acquire(charges, Time.system()).toCompletableFuture()));
                say("bare round trip p50 %.0f us, decision p50 %.0f us (%.2f x)", alone, through, through / alone);
            }
        }
    }

    private static double median(Runnable once) {
        long[] times = new long[5_000];
        for (int i = 0; i < times.length; i++) {
            long begin = System.nanoTime();
            once.run();
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        return times[times.length / 2] / 1e3;
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
