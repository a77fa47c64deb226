package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A process that listens, and what it spends. */
final class RunningGateway implements AutoCloseable {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Contender contender;
    private final Process process;
    private final @Nullable HeapMeter heap;
    private final CostMeter meter;

    private RunningGateway(Contender contender, Process process) {
        this.contender = contender;
        this.process = process;
        this.heap = contender.isJava() ? HeapMeter.of(process.toHandle()) : null;
        this.meter = new CostMeter(process.toHandle(), heap);
    }

    /** Starts it and waits until it listens; what it prints goes to a file in the directory. */
    static RunningGateway start(Contender contender, Path directory) throws IOException {
        Path output = directory.resolve(contender.name() + ".out");
        Process process = new ProcessBuilder(contender.command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long until = System.nanoTime() + START_NANOS;
        while (!listens(contender.port())) {
            if (!process.isAlive() || System.nanoTime() - until > 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        contender.name() + ": does not listen (expected: within a minute; see " + output + ")");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return new RunningGateway(contender, process);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String name() {
        return contender.name();
    }

    int port() {
        return contender.port();
    }

    Cost cost() {
        return meter.read();
    }

    /** Bytes on the Java heap after a collection; 0 if there is none. */
    long liveHeap() {
        return heap == null ? 0 : heap.live();
    }

    @Override
    public void close() {
        if (heap != null) {
            heap.close();
        }
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
