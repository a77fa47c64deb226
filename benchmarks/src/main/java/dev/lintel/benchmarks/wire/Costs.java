package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what a request costs under full load, all gateways in turn, round after round. */
final class Costs {

    /** As much of the time of a gateway may go into compiling when it is measured. */
    private static final double COMPILED = 0.02;

    private static final int LOOK_SECONDS = 5;

    /** So many times the time to warm up is the longest. */
    private static final int PATIENCE = 4;

    private final Options options;
    private final ClosedLoop load;

    Costs(Options options, ClosedLoop load) {
        this.options = options;
        this.load = load;
    }

    /** Loads every gateway for a time, and then until its code is compiled, or four times as long. */
    void warmUp(List<RunningGateway> gateways, Scenario scenario, int seconds) throws IOException {
        for (RunningGateway gateway : gateways) {
            load.run(gateway, scenario, connections(scenario), seconds);
            double compiling = 1;
            for (int passed = seconds; compiling > COMPILED && passed < PATIENCE * seconds; passed += LOOK_SECONDS) {
                Cost before = gateway.cost();
                load.run(gateway, scenario, connections(scenario), LOOK_SECONDS);
                compiling = gateway.cost().since(before).compiling();
            }
        }
    }

    Map<String, List<Sample>> measure(List<RunningGateway> gateways, Scenario scenario) throws IOException {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < gateways.size(); i++) {
                RunningGateway gateway = gateways.get((i + round) % gateways.size());
                samples.computeIfAbsent(gateway.name(), name -> new ArrayList<>())
                        .add(sample(gateway, scenario));
            }
        }
        return samples;
    }

    private Sample sample(RunningGateway gateway, Scenario scenario) throws IOException {
        load.run(gateway, scenario, connections(scenario), 1);
        Cost before = gateway.cost();
        long start = System.nanoTime();
        double requests = load.run(gateway, scenario, connections(scenario), options.seconds());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Sample(requests, seconds, gateway.cost().since(before));
    }

    private int connections(Scenario scenario) {
        return scenario.isLarge() ? Math.min(4, options.connections()) : options.connections();
    }
}
