package dev.lintel.filters.ratelimit;

import dev.lintel.Time;
import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.UsagePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws what each policy makes of the same requests, by the code that decides about real ones. Option: the file. */
public final class LimitPlots {

    private static final int SECONDS = 60;
    private static final int LEFT = 170;
    private static final int PER_SECOND = 12;
    private static final int ROW = 44;
    private static final long HELD_MILLIS = 1_500;
    private static final KeyHash KEY = new KeyHash(1, 1);

    private long now;

    private LimitPlots() {}

    private record Row(String title, String detail, List<RateLimit> limits) {}

    /** Writes the picture. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args.length > 0 ? args[0] : "docs/limits.svg"), new LimitPlots().draw());
    }

    private static List<Row> rows() {
        Duration ten = Duration.ofSeconds(10);
        UsagePlan plan =
                new UsagePlan("x", 1, Duration.ofSeconds(1), 10, 25, CalendarPeriod.every(Duration.ofMinutes(1)), 0);
        return List.of(
                new Row("token bucket", "10, 10 a 10 s", List.of(RateLimit.TokenBucket.of("x", 10, ten))),
                new Row("fixed window", "10 in each 10 s", List.of(new RateLimit.FixedWindow("x", 10, ten))),
                new Row("sliding window", "10 in any 10 s", List.of(new RateLimit.SlidingWindow("x", 10, ten))),
                new Row(
                        "leaky bucket",
                        "1r/s burst=9",
                        List.of(RateLimit.LeakyBucket.of("x", 1, Duration.ofSeconds(1), 9))),
                new Row(
                        "leaky bucket",
                        "1r/s burst=9 nodelay",
                        List.of(RateLimit.LeakyBucket.of("x", 1, Duration.ofSeconds(1), 9)
                                .nodelay())),
                new Row("usage plan", "1/s, burst 10, 25 a minute", plan.limits()),
                new Row("concurrency", "3 at a time, 1.5 s each", List.of(RateLimit.Concurrency.of("x", 3))));
    }

    /** Milliseconds: now and then one, two bursts, of which the second lies across the end of a window, and a flood. */
    private static List<Long> arrivals() {
        List<Long> all = new ArrayList<>();
        for (long at = 500; at < 17_000; at += 1_700) {
            all.add(at);
        }
        for (int i = 0; i < 14; i++) {
            all.add(18_000 + 25L * i);
        }
        for (int i = 0; i < 24; i++) {
            all.add(28_900 + 100L * i);
        }
        for (long at = 41_000; at < 53_000; at += 330) {
            all.add(at);
        }
        return all;
    }

    private String draw() {
        List<Row> rows = rows();
        int height = 60 + ROW * (rows.size() + 1) + 30;
        int width = LEFT + SECONDS * PER_SECOND + 130;
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                        + "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        legend(svg);
        for (int second = 0; second <= SECONDS; second += 10) {
            int x = LEFT + second * PER_SECOND;
            svg.append("<line x1=\"" + x + "\" y1=\"40\" x2=\"" + x + "\" y2=\"" + (height - 25)
                    + "\" stroke=\"#ddd\"/><text x=\"" + x + "\" y=\"" + (height - 8) + "\" text-anchor=\"middle\">"
                    + second
                    + " s</text>\n");
        }
        List<Long> arrivals = arrivals();
        int top = 50;
        label(svg, top, "requests", "", arrivals.size() + " come");
        arrivals.forEach(at -> tick(svg, at, 50, 26, "#555"));
        for (Row row : rows) {
            top += ROW;
            row(svg, top, row, arrivals);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        String[][] words = {{"#2a7", "let in"}, {"#e90", "let in later, where it is drawn"}, {"#d33", "refused"}};
        int x = LEFT;
        for (String[] word : words) {
            svg.append("<rect x=\"" + x + "\" y=\"14\" width=\"10\" height=\"10\" fill=\"" + word[0] + "\"/><text x=\""
                    + (x + 15) + "\" y=\"24\">" + word[1] + "</text>\n");
            x += 40 + 7 * word[1].length();
        }
    }

    private void row(StringBuilder svg, int top, Row row, List<Long> arrivals) {
        LocalRateLimiter limiter = new LocalRateLimiter(row.limits, 100);
        List<Charge> charges =
                row.limits.stream().map(limit -> new Charge(limit, KEY, 1)).toList();
        Time time = new Time(() -> Instant.ofEpochMilli(now), () -> now * 1_000_000);
        TreeMap<Long, List<CountedDecision>> ends = new TreeMap<>();
        int letIn = 0;
        for (long at : arrivals) {
            for (Map.Entry<Long, List<CountedDecision>> end :
                    ends.headMap(at, true).entrySet()) {
                now = end.getKey();
                end.getValue().forEach(held -> limiter.settle(held, charges, null, time));
            }
            ends.headMap(at, true).clear();
            now = at;
            CountedDecision decision = (CountedDecision) limiter.acquire(charges, time);
            if (decision.isAllowed()) {
                letIn++;
                ends.computeIfAbsent(at + HELD_MILLIS, any -> new ArrayList<>()).add(decision);
                long later = at + decision.delayMillis();
                tick(svg, later, top, 26, later > at ? "#e90" : "#2a7");
            } else {
                tick(svg, at, top + 16, 10, "#d33");
            }
        }
        label(svg, top, row.title, row.detail, letIn + " let in");
    }

    private static void tick(StringBuilder svg, long millis, int top, int height, String colour) {
        double x = LEFT + millis * PER_SECOND / 1_000.0;
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"1.4\"/>%n",
                x,
                top,
                x,
                top + height,
                colour));
    }

    private static void label(StringBuilder svg, int top, String title, String detail, String count) {
        svg.append(
                "<text x=\"10\" y=\"" + (top + 12) + "\" font-weight=\"bold\">" + title + "</text><text x=\"10\" y=\""
                        + (top + 27) + "\" fill=\"#555\" font-size=\"11\">" + detail + "</text><text x=\""
                        + (LEFT + SECONDS * PER_SECOND + 12) + "\" y=\"" + (top + 18) + "\">" + count + "</text>\n");
    }
}
