package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from {@code /proc} what a process and its children have spent. */
final class CostMeter {

    /** The unit of times in {@code stat} is a hundredth of a second on every Linux. */
    private static final long MICROS_OF_TICK = 10_000;

    private final ProcessHandle process;
    private final @Nullable HeapMeter heap;

    CostMeter(ProcessHandle process, @Nullable HeapMeter heap) {
        this.process = process;
        this.heap = heap;
    }

    Cost read() {
        long ticks = 0;
        long compiling = 0;
        long switches = 0;
        try {
            for (ProcessHandle each : family()) {
                Path directory = Path.of("/proc", Long.toString(each.pid()));
                ticks += ticks(Files.readString(directory.resolve("stat")));
                compiling += sumOfThreads(directory, CostMeter::compiling);
                switches += sumOfThreads(directory, CostMeter::switches);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + process.pid() + ": ended (expected: running)", gone);
        }
        return new Cost(
                ticks * MICROS_OF_TICK, compiling * MICROS_OF_TICK, switches, heap == null ? -1 : heap.allocated());
    }

    /** Resident memory in bytes. */
    long resident() {
        try {
            long kibibytes = 0;
            for (ProcessHandle each : family()) {
                kibibytes += field(Path.of("/proc", Long.toString(each.pid()), "status"), "VmRSS:");
            }
            return kibibytes << 10;
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + process.pid() + ": ended (expected: running)", gone);
        }
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /** Fields 14 and 15; the second, in parentheses, may have spaces in it. */
    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** What is read of a thread in its directory. */
    private interface Figure {
        long of(Path thread) throws IOException;
    }

    private static long sumOfThreads(Path process, Figure figure) throws IOException {
        long sum = 0;
        try (Stream<Path> each = Files.list(process.resolve("task"))) {
            for (Path thread : each.toList()) {
                try {
                    sum += figure.of(thread);
                } catch (IOException ended) {
                    // between the listing and the look, as the threads of a pool do
                }
            }
        }
        return sum;
    }

    private static long switches(Path thread) throws IOException {
        Path status = thread.resolve("status");
        return field(status, "voluntary_ctxt_switches:") + field(status, "nonvoluntary_ctxt_switches:");
    }

    /** Ticks, if that is what the thread is for. */
    private static long compiling(Path thread) throws IOException {
        String stat = Files.readString(thread.resolve("stat"));
        return stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler") ? ticks(stat) : 0;
    }

    private static long field(Path status, String name) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                        line.substring(name.length()).replace("kB", "").strip());
            }
        }
        return 0;
    }
}
