package dev.lintel.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file is rewritten and read anew a thousand times in a hundred seconds, under a thousand requests a second:
 *
 * <pre>
 * mvn -Pintegration -pl gateway-config -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=RewrittenUnderLoadIT
 * </pre>
 */
class RewrittenUnderLoadIT {

    private static final int WARM_UP = 100;
    private static final int RELOADS = 1000;
    private static final int CLIENTS = 10;
    private static final long BETWEEN_REQUESTS = 10_000_000;
    private static final long BETWEEN_RELOADS = 100_000_000;
    private static final long MORE_HEAP = 4 * 1024 * 1024;

    /** Pools of threads grow with what they happen to have at once; one thread lost in forty reloads would be more. */
    private static final int MORE_THREADS = 20;

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void losesAndMixesNoRequestAndLeavesHeapAndThreadsAsTheyWere() throws Exception {
        try (RewrittenFile file = new RewrittenFile(folder)) {
            AskingClients clients = new AskingClients(file, CLIENTS, BETWEEN_REQUESTS);
            rewrite(file, 1, WARM_UP);
            clients.resetTimes();
            pause(100 * BETWEEN_RELOADS);
            String without = times(clients);
            long heapBefore = heap();
            int threadsBefore = threads();
            long answeredBefore = clients.answered();
            int swapsBefore = file.swaps();
            clients.resetTimes();
            long begun = System.nanoTime();
            rewrite(file, WARM_UP + 1, WARM_UP + RELOADS);
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            String with = times(clients);
            long answered = clients.answered() - answeredBefore;
            long heapAfter = heap();
            // a gateway may be ending just now
            await().untilAsserted(() -> assertThat(threads()).isLessThan(threadsBefore + MORE_THREADS));
            int threadsAfter = threads();
            clients.end();
            System.out.printf(
                    "%d reloads in %d s, %d of which took over, %d requests, %d failed or mixed;"
                            + " answers without reloads %s, with %s; heap %d KiB -> %d KiB, threads %d -> %d%n",
                    RELOADS,
                    seconds,
                    file.swaps() - swapsBefore,
                    answered,
                    clients.failed(),
                    without,
                    with,
                    heapBefore / 1024,
                    heapAfter / 1024,
                    threadsBefore,
                    threadsAfter);
            assertThat(clients.failed()).as(clients.firstFailure()).isZero();
            assertThat(heapAfter - heapBefore).isLessThan(MORE_HEAP);
        }
    }

    private static void rewrite(RewrittenFile file, int from, int to) throws Exception {
        long next = System.nanoTime();
        for (int i = from; i <= to; i++) {
            file.rewrite(i);
            next += BETWEEN_RELOADS;
            pause(next - System.nanoTime());
        }
    }

    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String times(AskingClients clients) {
        return "%d us (median), %d us (99 %%)".formatted(clients.micros(500), clients.micros(990));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
