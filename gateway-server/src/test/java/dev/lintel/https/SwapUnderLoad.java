package dev.lintel.https;

import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/** New connections, each with a handshake of its own and a request, while certificates are swapped. */
final class SwapUnderLoad {

    /**
     * What became of it.
     *
     * @param connections how many were begun
     * @param failed how many were not answered by 200
     * @param shown how many certificates clients have seen
     * @param millis how long all of them took
     */
    record Outcome(int connections, int failed, int shown, long millis) {}

    private SwapUnderLoad() {}

    /**
     * Runs it.
     *
     * @param connections how many in all
     * @param perSecond how many are begun in a second at most
     * @param swaps how often the certificate is replaced, evenly
     */
    static Outcome run(Path directory, boolean oneLoop, int connections, int perSecond, int swaps) throws Exception {
        TestAuthority authority = TestAuthority.create();
        SSLContext trust = authority.trusting();
        TlsServer.write(directory, "server", authority.issue("localhost"));
        TlsBuilder tls =
                TlsServer.certificate(TlsBuilder.create(), directory, "server").watchInterval(Duration.ofMillis(20));
        Set<String> shown = ConcurrentHashMap.newKeySet();
        AtomicInteger failed = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try (GatewayServer server = TlsServer.builder(tls).oneLoop(oneLoop).start()) {
            long begun = System.nanoTime();
            for (int i = 0; i < connections; i++) {
                if (i > 0 && i % (connections / (swaps + 1)) == 0) {
                    write(directory, authority);
                }
                clients.execute(() -> {
                    try (RawClient client = RawClient.connectTls(server.port(), authority.trusting(), "localhost")) {
                        shown.add(TlsServer.serial(client));
                        if (TlsServer.get(client, "localhost").status() != 200) {
                            failed.incrementAndGet();
                        }
                    } catch (RuntimeException | AssertionError broken) {
                        failed.incrementAndGet();
                    }
                });
                long due = begun + i * 1_000_000_000L / perSecond;
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
            }
            clients.shutdown();
            if (!clients.awaitTermination(5, TimeUnit.MINUTES)) {
                throw new AssertionError("clients did not end");
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            String last = TlsServer.shown(server.port(), trust, "localhost");
            shown.add(last);
            return new Outcome(connections, failed.get(), shown.size(), millis);
        } finally {
            clients.shutdownNow();
        }
    }

    private static void write(Path directory, TestAuthority authority) throws IOException {
        TlsServer.write(directory, "server", authority.issue("localhost"));
    }
}
