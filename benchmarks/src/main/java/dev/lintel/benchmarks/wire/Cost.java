package dev.lintel.benchmarks.wire;

/**
 * What a process has spent.
 *
 * @param cpuMicros user and system time
 * @param switches context switches, wished for and not
 * @param allocated bytes on a Java heap; -1 if it is no Java process
 */
record Cost(long cpuMicros, long switches, long allocated) {

    Cost since(Cost before) {
        return new Cost(
                cpuMicros - before.cpuMicros,
                switches - before.switches,
                allocated < 0 || before.allocated < 0 ? -1 : allocated - before.allocated);
    }
}
