package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the comparison: see {@link Options#USAGE}. */
public final class Comparison {

    private final Options options;
    private final Callers callers;
    private final ClosedLoop load;
    private final Costs costs;
    private final Report report = new Report(System.out);

    private Comparison(Options options, Path directory) throws IOException {
        this.options = options;
        this.callers = Callers.create(directory);
        this.load = new ClosedLoop(directory, callers);
        this.costs = new Costs(options, load);
    }

    /**
     * Measures and prints tables.
     *
     * @param args options
     */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args);
        String missing = Tools.missing();
        if (options == null || !missing.isEmpty()) {
            System.err.println(options == null ? Options.USAGE : missing);
            System.exit(2);
            return;
        }
        Path directory = Files.createTempDirectory("lintel-benchmarks-");
        new Comparison(options, directory).run(directory);
        System.out.println("\nWhat the gateways printed and logged is in " + directory);
        System.exit(0);
    }

    /** What is started here ends with this process. */
    private void run(Path directory) throws IOException {
        List<RunningGateway> started = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(RunningGateway::close)));
        int port = FreePorts.next();
        Contender upstream = new Contender("upstream", port, false, new Nginx(directory).upstream(port));
        started.add(RunningGateway.start(upstream, directory));
        List<Contender> contenders = Contenders.of(options, directory, port);
        List<Scenario> loads = new ArrayList<>(options.scenarios());
        if (loads.remove(Scenario.START)) {
            report.starts(new Starts(directory, callers, options.rounds()).measure(contenders));
        }
        if (loads.isEmpty()) {
            return;
        }
        for (Contender contender : contenders) {
            started.add(RunningGateway.start(contender, directory));
        }
        List<RunningGateway> gateways = List.copyOf(started.subList(1, started.size()));
        costs.warmUp(gateways, Scenario.GET, options.warmUp());
        for (Scenario scenario : loads) {
            measure(scenario, gateways);
        }
    }

    private void measure(Scenario scenario, List<RunningGateway> gateways) throws IOException {
        switch (scenario) {
            case LATENCY -> measureLatencies(gateways);
            case IDLE -> measureIdle(gateways);
            default -> {
                if (scenario != Scenario.GET) {
                    costs.warmUp(gateways, scenario, Math.max(1, options.warmUp() / 4));
                }
                report.costs(scenario, costs.measure(gateways, scenario));
            }
        }
    }

    private void measureLatencies(List<RunningGateway> gateways) throws IOException {
        Latencies latencies = new Latencies(options, load, new OpenLoop(callers));
        Map<String, Latencies.Pair> pairs = new LinkedHashMap<>();
        for (RunningGateway gateway : gateways) {
            if (!gateway.name().equals(Contenders.BASELINE)) {
                pairs.put(gateway.name(), latencies.measure(gateway, gateways.get(0)));
            }
        }
        report.latencies(pairs);
    }

    private void measureIdle(List<RunningGateway> gateways) throws IOException {
        Map<String, Double> heaps = new LinkedHashMap<>();
        List<IdleConnections> all = new ArrayList<>();
        try {
            for (RunningGateway gateway : gateways) {
                long before = gateway.liveHeap();
                all.add(IdleConnections.open(gateway, callers.tokens().get(0)));
                heaps.put(gateway.name(), (double) (gateway.liveHeap() - before) / IdleConnections.COUNT);
            }
            report.costs(Scenario.IDLE, costs.measure(gateways, Scenario.IDLE));
        } finally {
            all.forEach(IdleConnections::close);
        }
        heaps.remove(Contenders.BASELINE);
        report.idle(heaps);
    }
}
