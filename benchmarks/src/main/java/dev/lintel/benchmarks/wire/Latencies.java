package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures what answers take at 70 in 100 of the rate that a gateway can do, and what nginx takes at that rate. */
final class Latencies {

    private static final double LOAD = 0.7;

    private final Options options;
    private final ClosedLoop full;
    private final OpenLoop paced;

    Latencies(Options options, ClosedLoop full, OpenLoop paced) {
        this.options = options;
        this.full = full;
        this.paced = paced;
    }

    /**
     * What one gateway and nginx took, round by round.
     *
     * @param rate requests a second
     * @param own milliseconds, by round
     * @param nginx milliseconds, by round
     */
    record Pair(int rate, List<Percentiles> own, List<Percentiles> nginx) {}

    /**
     * Milliseconds from when a request was due to the end of its answer.
     *
     * @param median of all
     * @param p99 what 99 in 100 did not exceed
     */
    record Percentiles(double median, double p99) {

        static Percentiles of(long[] sortedNanos) {
            return new Percentiles(
                    sortedNanos[sortedNanos.length / 2] / 1e6, sortedNanos[(int) (sortedNanos.length * 0.99)] / 1e6);
        }
    }

    Pair measure(RunningGateway gateway, RunningGateway nginx) throws IOException {
        double requests = full.run(gateway, Scenario.GET, options.connections(), options.seconds());
        int rate = Math.max(1, (int) (LOAD * requests / options.seconds()));
        warmUp(gateway, rate);
        Pair pair = new Pair(rate, new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < options.rounds(); round++) {
            pair.own().add(percentiles(gateway, rate));
            pair.nginx().add(percentiles(nginx, rate));
        }
        return pair;
    }

    /** Neither this client nor what a gateway does between two waits has run before, and a compiler takes a processor from all. */
    private void warmUp(RunningGateway gateway, int rate) throws IOException {
        for (int seconds = 0; seconds < options.warmUp(); seconds += options.seconds()) {
            var unused = percentiles(gateway, rate);
        }
    }

    private Percentiles percentiles(RunningGateway gateway, int rate) throws IOException {
        return Percentiles.of(paced.run(
                gateway.name(), gateway.port(), Scenario.LATENCY, options.connections(), rate, options.seconds()));
    }
}
