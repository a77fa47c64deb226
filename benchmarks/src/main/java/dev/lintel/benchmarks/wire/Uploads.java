package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the upstream has read of uploads, by its log, so that no gateway gains by carrying less, and none loses what it carried of those
 * that the end of a measurement cuts short. Not thread-safe.
 */
final class Uploads {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path log;
    private int seen;

    Uploads(Path log) {
        this.log = log;
    }

    /**
     * The bytes that the upstream has read since this was asked before.
     *
     * @param answered how many uploads clients count
     * @throws IllegalStateException if the upstream has not read as many whole
     */
    long carried(RunningGateway gateway, long answered) throws IOException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        List<Long> lengths = lengths();
        int before = -1;
        // the last lines are written when the clients have gone
        while ((before < lengths.size() || whole(lengths) < answered) && System.nanoTime() - until < 0) {
            before = lengths.size();
            LockSupport.parkNanos(QUIET_NANOS);
            lengths = lengths();
        }
        if (whole(lengths) < answered) {
            throw new IllegalStateException(gateway.name() + ": " + answered
                    + " uploads answered, of which the upstream has read " + whole(lengths) + " (expected: all)");
        }
        seen += lengths.size();
        return lengths.stream().mapToLong(Long::longValue).sum();
    }

    private List<Long> lengths() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(seen, lines.size()).stream().map(Long::valueOf).toList();
    }

    private static long whole(List<Long> lengths) {
        return lengths.stream().filter(length -> length >= Scenario.LARGE).count();
    }
}
