package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a fixed rate, whatever the answers take. The time of a request counts from when it was due, so that one that has to
 * wait for a connection, because the gateway is late with others, counts in full (no coordinated omission).
 */
final class OpenLoop {

    private static final long NAP_NANOS = 20_000;

    private final Callers callers;

    OpenLoop(Callers callers) {
        this.callers = callers;
    }

    /**
     * Loads a gateway.
     *
     * @param name of the gateway, for messages
     * @param port where it listens
     * @param scenario what is asked
     * @param connections that are kept
     * @param rate requests a second
     * @param seconds how long
     * @return the times of all requests in nanoseconds, sorted
     * @throws IllegalStateException if one is answered with an error, or less than 99 in 100 within ten seconds more
     */
    long[] run(String name, int port, Scenario scenario, int connections, int rate, int seconds) throws IOException {
        int count = rate * seconds;
        long[] times = new long[count];
        int done = 0;
        List<PacedConnection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            ArrayDeque<PacedConnection> free = new ArrayDeque<>();
            for (int i = 0; i < connections; i++) {
                PacedConnection connection =
                        PacedConnection.open(selector, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                all.add(connection);
                free.add(connection);
            }
            List<byte[]> requests = callers.tokens().stream()
                    .map(token -> PacedConnection.request(scenario, token))
                    .toList();
            double interval = 1e9 / rate;
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds + 10L);
            int sent = 0;
            while (done < count && System.nanoTime() < end) {
                boolean busy = false;
                while (sent < count && !free.isEmpty() && start + (long) (sent * interval) <= System.nanoTime()) {
                    free.remove().send(requests.get(sent % requests.size()), start + (long) (sent * interval));
                    sent++;
                    busy = true;
                }
                selector.selectNow();
                for (SelectionKey key : selector.selectedKeys()) {
                    PacedConnection connection = (PacedConnection) key.attachment();
                    if (connection.readWhole()) {
                        times[done++] = System.nanoTime() - connection.due();
                        free.add(connection);
                        busy = true;
                    }
                }
                selector.selectedKeys().clear();
                if (!busy) {
                    LockSupport.parkNanos(NAP_NANOS);
                }
            }
        } finally {
            for (PacedConnection connection : all) {
                connection.close();
            }
        }
        if (done < count * 0.99) {
            throw new IllegalStateException(name + ": " + done + " answers (expected: " + count + ")");
        }
        long[] sorted = Arrays.copyOf(times, done);
        Arrays.sort(sorted);
        return sorted;
    }
}
