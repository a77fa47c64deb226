package dev.lintel.benchmarks.wire;

/**
 * One measurement of one gateway.
 *
 * @param requests that were answered
 * @param seconds that it took
 * @param cost of all of them
 */
record Sample(long requests, double seconds, Cost cost) {

    double cpuMicros() {
        return (double) cost.cpuMicros() / requests;
    }

    double switches() {
        return (double) cost.switches() / requests;
    }

    double allocated() {
        return (double) cost.allocated() / requests;
    }

    double rate() {
        return requests / seconds;
    }
}
