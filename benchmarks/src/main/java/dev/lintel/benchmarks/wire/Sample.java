package dev.lintel.benchmarks.wire;

/**
 * One measurement of one gateway.
 *
 * @param requests that were answered, or uploads carried, in parts as well
 * @param seconds that it took
 * @param cost of all of them
 */
record Sample(double requests, double seconds, Cost cost) {

    double cpuMicros() {
        return cost.cpuMicros() / requests;
    }

    /** What part of it went into compiling, 0 to 1. */
    double compiling() {
        return cost.compiling();
    }

    double switches() {
        return cost.switches() / requests;
    }

    double allocated() {
        return cost.allocated() / requests;
    }

    /** Megabytes of large bodies for a second of CPU. */
    double megabytesPerCpuSecond() {
        return requests * Scenario.LARGE / cost.cpuMicros();
    }

    double rate() {
        return requests / seconds;
    }
}
