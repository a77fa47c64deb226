package dev.lintel.filters.ratelimit;

import static java.util.Objects.requireNonNull;

import dev.lintel.limit.RateLimit.LeakyBucket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks a real nginx with {@code limit_req}, and writes down when each request came, by nginx's own log, and what became of it. Then
 * has the leaky bucket decide about the same arrivals. Options: seconds, and a file for the record.
 *
 * <p>nginx's log of requests tells whole milliseconds of the wall clock, while its limits go by those of the monotonic clock, so an
 * arrival is known to one millisecond. Which one it was tells the excess that nginx computed, from its log for debugging. The record
 * has that millisecond; the table tells, too, how many verdicts differ if the log of requests is taken as it is.
 */
public final class LimitReq {

    /** What is played: nginx's words beside ours. */
    private enum Case {
        DELAYED("100r/s", "burst=20", LeakyBucket.of("a", 100, Duration.ofSeconds(1), 20), 110),
        NODELAY(
                "100r/s",
                "burst=20 nodelay",
                LeakyBucket.of("b", 100, Duration.ofSeconds(1), 20).nodelay(),
                120),
        NO_BURST("50r/s", "", LeakyBucket.of("c", 50, Duration.ofSeconds(1), 0), 60),
        PARTLY("600r/m", "burst=10 delay=4", new LeakyBucket("d", 600, Duration.ofMinutes(1), 10, 4), 14),
        UNEVEN(
                "100r/m",
                "burst=5 nodelay",
                LeakyBucket.of("e", 100, Duration.ofMinutes(1), 5).nodelay(),
                4),
        FAST(
                "200r/s",
                "burst=50 nodelay",
                LeakyBucket.of("f", 200, Duration.ofSeconds(1), 50).nodelay(),
                420);

        private final String rate;
        private final String options;
        private final LeakyBucket limit;
        private final int perSecond;

        Case(String rate, String options, LeakyBucket limit, int perSecond) {
            this.rate = rate;
            this.options = options;
            this.limit = limit;
            this.perSecond = perSecond;
        }
    }

    private record Arrival(Case of, String key, long millis, long excess, String verdict) {}

    private LimitReq() {}

    /** Plays, writes down, compares. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        Path home = Files.createTempDirectory("limit-req");
        int port = freePort();
        Path log = home.resolve("access.log");
        Files.writeString(home.resolve("ok.txt"), "ok");
        Files.writeString(home.resolve("nginx.conf"), configuration(home, port));
        Process nginx = new ProcessBuilder(
                        "nginx", "-c", home.resolve("nginx.conf").toString(), "-p", home.toString())
                .inheritIO()
                .start();
        try {
            awaitOpen(port);
            play(port, seconds);
        } finally {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
        List<Arrival> resolved = compare(read(log, home.resolve("debug.log")));
        if (args.length > 1) {
            write(resolved, Path.of(args[1]));
        }
    }

    private static String configuration(Path home, int port) {
        StringBuilder text = new StringBuilder("daemon off; worker_processes 1; pid " + home.resolve("pid")
                + "; error_log " + home.resolve("debug.log")
                + " debug_http; events { worker_connections 4096; }\nhttp { access_log off;"
                + " log_format v '$msec $request_time $limit_req_status $arg_c $arg_k $connection';\n");
        for (Case one : Case.values()) {
            text.append("limit_req_zone $arg_k zone=" + one + ":1m rate=" + one.rate + ";\n");
        }
        text.append("server { listen 127.0.0.1:" + port + " backlog=4096; root " + home + "; access_log "
                + home.resolve("access.log") + " v; keepalive_timeout 0; limit_req_log_level notice;\n");
        for (Case one : Case.values()) {
            text.append("location /" + one + " { limit_req zone=" + one + " " + one.options
                    + "; rewrite ^ /ok.txt break; }\n");
        }
        return text.append("}}\n").toString();
    }

    /** Requests at random, now and then many at once, so that bursts are used up and come back. */
    private static void play(int port, int seconds) throws IOException, InterruptedException {
        Random random = new Random(7);
        List<long[]> plan = new ArrayList<>();
        Case[] cases = Case.values();
        for (int number = 0; number < cases.length; number++) {
            Case one = cases[number];
            double at = 0;
            while (at < seconds * 1e9) {
                int together = random.nextInt(15) == 0 ? 1 + random.nextInt(30) : 1;
                for (int i = 0; i < together; i++) {
                    plan.add(new long[] {(long) at, number, random.nextInt(2)});
                }
                at += -Math.log(1 - random.nextDouble()) * together * 1e9 / (2.0 * one.perSecond);
            }
        }
        plan.sort(Comparator.comparingLong(request -> request[0]));
        ExecutorService readers = Executors.newFixedThreadPool(64);
        long start = System.nanoTime();
        for (int i = 0; i < plan.size(); i++) {
            long[] request = plan.get(i);
            LockSupport.parkNanos(request[0] - (System.nanoTime() - start));
            Case one = Case.values()[(int) request[1]];
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String line = "GET /" + one + "?c=" + one + "&k=k" + request[2] + "&n=" + i + " HTTP/1.0\r\n\r\n";
            socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            readers.execute(() -> drain(socket));
        }
        readers.shutdown();
        readers.awaitTermination(1, TimeUnit.MINUTES);
    }

    private static void drain(Socket socket) {
        try (socket;
                InputStream answer = socket.getInputStream()) {
            answer.readAllBytes();
        } catch (IOException gone) {
            // what counts is in nginx's log
        }
    }

    /** The requests in the order in which nginx decided about them. */
    private static List<Arrival> read(Path log, Path debug) throws IOException {
        Map<String, String[]> requests = new HashMap<>();
        for (String line : Files.readAllLines(log)) {
            String[] parts = line.split(" ");
            requests.put(parts[5], parts);
        }
        Pattern decision = Pattern.compile("\\*(\\d+) limit_req\\[0\\]: -?\\d+ (\\d+)\\.(\\d{3})");
        List<Arrival> arrivals = new ArrayList<>();
        try (Stream<String> lines = Files.lines(debug, StandardCharsets.ISO_8859_1)) {
            lines.map(decision::matcher).filter(Matcher::find).forEach(found -> {
                String[] parts =
                        requireNonNull(requests.get(found.group(1)), "a request that was decided about was logged");
                long millis = Math.round(Double.parseDouble(parts[0]) * 1_000 - Double.parseDouble(parts[1]) * 1_000);
                long excess = Long.parseLong(found.group(2)) * 1_000 + Long.parseLong(found.group(3));
                arrivals.add(new Arrival(Case.valueOf(parts[3]), parts[4], millis, excess, parts[2]));
            });
        }
        return arrivals;
    }

    private static void write(List<Arrival> arrivals, Path file) throws IOException {
        long first = arrivals.get(0).millis;
        StringBuilder text = new StringBuilder();
        for (Arrival one : arrivals) {
            text.append(one.of)
                    .append(' ')
                    .append(one.key)
                    .append(' ')
                    .append(one.millis - first)
                    .append(' ');
            text.append(one.verdict).append('\n');
        }
        Files.writeString(file, text);
    }

    /** Prints what differs; gives the arrivals at the milliseconds that nginx went by. */
    private static List<Arrival> compare(List<Arrival> arrivals) {
        Map<String, long[]> plain = new HashMap<>();
        Map<String, long[]> exact = new HashMap<>();
        Map<Case, int[]> counts = new TreeMap<>();
        List<Arrival> resolved = new ArrayList<>();
        for (Arrival one : arrivals) {
            LeakyArithmetic arithmetic = new LeakyArithmetic(one.of.limit);
            int[] count = counts.computeIfAbsent(one.of, any -> new int[5]);
            count[0]++;
            count[one.verdict.equals("PASSED") ? 1 : 2]++;
            count[3] += verdict(arithmetic, state(plain, arithmetic, one), one.millis)
                            .equals(one.verdict)
                    ? 0
                    : 1;
            long[] state = state(exact, arithmetic, one);
            long millis = one.millis;
            // a request begins when its connection does, and is decided about when its head has been read
            for (int i = 0; i < 50 && excess(arithmetic, state, millis) != one.excess; i++) {
                millis = one.millis - 1 + i;
            }
            boolean same = excess(arithmetic, state, millis) == one.excess;
            count[4] += same && verdict(arithmetic, state, millis).equals(one.verdict) ? 0 : 1;
            resolved.add(new Arrival(one.of, one.key, millis, one.excess, one.verdict));
        }
        String row = "%-10s %9s %9s %10s %14s %22s%n";
        System.out.printf(row, "case", "requests", "passed", "otherwise", "differ by log", "differ by nginx's ms");
        counts.forEach((one, n) -> System.out.printf(row, one, n[0], n[1], n[2], n[3], n[4]));
        return resolved;
    }

    private static long[] state(Map<String, long[]> states, LeakyArithmetic arithmetic, Arrival one) {
        return states.computeIfAbsent(one.of + one.key, any -> {
            long[] fresh = new long[arithmetic.words()];
            arithmetic.fresh(fresh, 0, one.millis);
            return fresh;
        });
    }

    /** The excess with one more request, whether it is let in or not. */
    private static long excess(LeakyArithmetic arithmetic, long[] state, long millis) {
        long[] after = state.clone();
        arithmetic.owe(after, 0, millis, 1);
        return after[0];
    }

    private static String verdict(LeakyArithmetic arithmetic, long[] state, long millis) {
        if (!arithmetic.take(state, 0, millis, 1)) {
            return "REJECTED";
        }
        return arithmetic.delayMillis(state, 0) > 0 ? "DELAYED" : "PASSED";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitOpen(int port) throws IOException {
        for (int i = 0; ; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException closed) {
                if (i == 200) {
                    throw closed;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }
}
