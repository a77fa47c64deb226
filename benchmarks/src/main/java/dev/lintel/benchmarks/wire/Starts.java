package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures how long a gateway takes from its start to its first answer, and its memory then; all in turn, round after round. */
final class Starts {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final byte[] request;
    private final int rounds;

    Starts(Path directory, Callers callers, int rounds) {
        this.directory = directory;
        this.request = PacedConnection.request(Scenario.START, callers.tokens().get(0));
        this.rounds = rounds;
    }

    /**
     * One start.
     *
     * @param millis until the first answer
     * @param resident bytes then
     */
    record Sample(double millis, double resident) {}

    /** Measures them, and those that can with a class-data sharing archive of their own besides. */
    Map<String, List<Sample>> measure(List<Contender> contenders) throws IOException {
        List<Contender> all = new ArrayList<>(contenders);
        for (Contender contender : contenders) {
            if (contender.name().startsWith("lintel")) {
                all.add(archived(contender));
            }
        }
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : all) {
                samples.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(sample(contender));
            }
        }
        return samples;
    }

    /** Runs it once, so that its end leaves an archive of the classes that it has loaded. */
    private Contender archived(Contender contender) throws IOException {
        Path archive = directory.resolve(contender.name() + ".jsa");
        sample(contender.with(contender.name(), "-XX:ArchiveClassesAtExit=" + archive));
        return contender.with(contender.name() + ", CDS", "-XX:SharedArchiveFile=" + archive);
    }

    private Sample sample(Contender contender) throws IOException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(contender.command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("start.out").toFile())
                .start();
        try {
            while (!answers(contender.port())) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                    throw new IllegalStateException(contender.name() + ": no answer (expected: within a minute)");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            double millis = (System.nanoTime() - start) / 1e6;
            return new Sample(millis, new CostMeter(process.toHandle(), null).resident());
        } finally {
            end(process);
        }
    }

    private boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request);
            byte[] head = socket.getInputStream().readNBytes(12);
            return new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
