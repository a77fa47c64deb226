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
        String missing = Tools.missing(options != null && options.scenarios().contains(Scenario.HTTP2));
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
        int events = FreePorts.next();
        EventService.start(events);
        Contender upstream = new Contender("upstream", port, false, new Nginx(directory).upstream(port, events));
        started.add(RunningGateway.start(upstream, directory));
        List<Contender> contenders = Contenders.of(options, directory, port);
        List<Scenario> loads = new ArrayList<>(options.scenarios());
        if (loads.remove(Scenario.START)) {
            report.starts(new Starts(directory, callers, options.rounds()).measure(contenders));
        }
        List<Scenario> secure = loads.stream().filter(Scenario::isSecure).toList();
        loads.removeAll(secure);
        if (!loads.isEmpty()) {
            measureAll(loads, start(contenders, directory, started));
        }
        if (!secure.isEmpty()) {
            SelfSigned.create(directory, options.java());
            measureAll(secure, start(Contenders.secure(options, directory, port), directory, started));
        }
    }

    private List<RunningGateway> start(List<Contender> contenders, Path directory, List<RunningGateway> started)
            throws IOException {
        List<RunningGateway> gateways = new ArrayList<>();
        for (Contender contender : contenders) {
            gateways.add(RunningGateway.start(contender, directory));
            started.add(gateways.get(gateways.size() - 1));
        }
        return gateways;
    }

    private void measureAll(List<Scenario> loads, List<RunningGateway> gateways) throws IOException {
        Scenario usual = loads.get(0).isSecure() ? loads.get(0) : Scenario.GET;
        costs.warmUp(gateways, usual, options.warmUp());
        for (Scenario scenario : loads) {
            measure(scenario, gateways);
        }
    }

    private void measure(Scenario scenario, List<RunningGateway> gateways) throws IOException {
        switch (scenario) {
            case LATENCY -> measureLatencies(gateways);
            case IDLE -> measureIdle(gateways);
            default -> {
                if (scenario != Scenario.GET && scenario != Scenario.TLS) {
                    // what carries large bodies is code of its own, and hardly any of it has run before
                    int share = scenario.isLarge() ? 1 : 4;
                    costs.warmUp(gateways, scenario, Math.max(1, options.warmUp() / share));
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
