package dev.lintel.benchmarks.wire;

/**
 * What a process has spent.
 *
 * @param cpuMicros user and system time
 * @param compilingMicros what of it the threads took that compile
 * @param switches context switches, wished for and not
 * @param allocated bytes on a Java heap; -1 if it is no Java process
 */
record Cost(long cpuMicros, long compilingMicros, long switches, long allocated) {

    Cost since(Cost before) {
        return new Cost(
                cpuMicros - before.cpuMicros,
                // a thread that has ended meanwhile took its figure with it
                Math.max(0, compilingMicros - before.compilingMicros),
                switches - before.switches,
                allocated < 0 || before.allocated < 0 ? -1 : allocated - before.allocated);
    }

    /** What part of the time went into compiling, 0 to 1. */
    double compiling() {
        return cpuMicros == 0 ? 0 : (double) compilingMicros / cpuMicros;
    }
}
