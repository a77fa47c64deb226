package dev.lintel.benchmarks.wire;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints tables. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void costs(Scenario scenario, Map<String, List<Sample>> samples) {
        List<Sample> baseline = samples.getOrDefault(Contenders.BASELINE, List.of());
        out.printf("%n### %s%n%n", scenario.title);
        out.println("| gateway | CPU, in parts of nginx's (least to most) | CPU per request, µs"
                + " | of it compiling | context switches per request | allocated per request, B | requests a second |"
                + (scenario.isLarge() ? " MB per CPU second | the same, in parts of nginx's (least to most) |" : ""));
        out.println("|---|---:|---:|---:|---:|---:|---:|" + (scenario.isLarge() ? "---:|---:|" : ""));
        samples.forEach((name, own) -> out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f %% | %.2f | %s | %.0f |%s%n",
                name,
                Spread.ofRatios(own, baseline, Sample::cpuMicros).inFull(),
                Spread.of(own, Sample::cpuMicros).median(),
                100 * Spread.of(own, Sample::compiling).median(),
                Spread.of(own, Sample::switches).median(),
                allocated(own),
                Spread.of(own, Sample::rate).median(),
                scenario.isLarge() ? carried(own, baseline) : ""));
    }

    private static String carried(List<Sample> own, List<Sample> baseline) {
        return String.format(
                Locale.ROOT,
                " %.0f | %s |",
                Spread.of(own, Sample::megabytesPerCpuSecond).median(),
                Spread.ofRatios(own, baseline, Sample::megabytesPerCpuSecond).inFull());
    }

    private static String allocated(List<Sample> own) {
        double bytes = Spread.of(own, Sample::allocated).median();
        return bytes < 0 ? "" : String.format(Locale.ROOT, "%.0f", bytes);
    }

    void latencies(Map<String, Latencies.Pair> pairs) {
        out.printf("%n### GET at 70 in 100 of a gateway's own capacity%n%n");
        out.println("| gateway | requests a second | p50, ms | p99, ms | nginx p50, ms | nginx p99, ms"
                + " | p99, in parts of nginx's (least to most) |");
        out.println("|---|---:|---:|---:|---:|---:|---:|");
        pairs.forEach((name, pair) -> out.printf(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.2f | %.2f | %s |%n",
                name,
                pair.rate(),
                Spread.of(pair.own(), Latencies.Percentiles::median).median(),
                Spread.of(pair.own(), Latencies.Percentiles::p99).median(),
                Spread.of(pair.nginx(), Latencies.Percentiles::median).median(),
                Spread.of(pair.nginx(), Latencies.Percentiles::p99).median(),
                Spread.ofRatios(pair.own(), pair.nginx(), Latencies.Percentiles::p99)
                        .inFull()));
    }

    void starts(Map<String, List<Starts.Sample>> samples) {
        List<Starts.Sample> stock = samples.get("jetty-async-proxy");
        out.printf("%n### From start to the first answer%n%n");
        out.println("| gateway | ms | in parts of jetty-async-proxy's (least to most) | resident then, MiB |");
        out.println("|---|---:|---:|---:|");
        samples.forEach((name, own) -> out.printf(
                Locale.ROOT,
                "| %s | %.0f | %s | %.0f |%n",
                name,
                Spread.of(own, Starts.Sample::millis).median(),
                stock == null
                        ? ""
                        : Spread.ofRatios(own, stock, Starts.Sample::millis).inFull(),
                Spread.of(own, Starts.Sample::resident).median() / (1 << 20)));
    }

    void idle(Map<String, Double> bytesPerConnection) {
        out.printf("%n| gateway | heap of an idle connection, B |%n|---|---:|%n");
        bytesPerConnection.forEach((name, bytes) -> out.printf(Locale.ROOT, "| %s | %.0f |%n", name, bytes));
    }
}
