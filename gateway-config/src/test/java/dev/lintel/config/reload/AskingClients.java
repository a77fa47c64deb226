package dev.lintel.config.reload;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clients that go on asking, each on a connection of its own, and hold every answer against what one gateway would say. */
final class AskingClients {

    private static final int STEPS = 16;

    private final RewrittenFile file;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLongArray times = new AtomicLongArray(64 * STEPS);
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private volatile @Nullable String firstFailure;
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param pause nanoseconds from one request of a client to its next, at least
     */
    AskingClients(RewrittenFile file, int number, long pause) {
        this.file = file;
        for (int i = 0; i < number; i++) {
            String path = i % 2 == 0 ? "/through" : "/fixed";
            clients.add(
                    CompletableFuture.runAsync(() -> ask(path, pause), client -> new Thread(client, "client").start()));
        }
    }

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    @Nullable
    String firstFailure() {
        return firstFailure;
    }

    /** Forgets how long answers took. */
    void resetTimes() {
        for (int i = 0; i < times.length(); i++) {
            times.set(i, 0);
        }
    }

    /** How many microseconds so many of a thousand answers took at most, to within a sixteenth. */
    long micros(int permille) {
        long all = 0;
        for (int i = 0; i < times.length(); i++) {
            all += times.get(i);
        }
        long within = 0;
        for (int i = 0; i < times.length(); i++) {
            within += times.get(i);
            if (within * 1000 >= all * permille) {
                return (STEPS + i % STEPS + 1L << i / STEPS) / STEPS / 1000;
            }
        }
        return 0;
    }

    /** Waits until all have had their last answer. */
    void end() throws Exception {
        over = true;
        for (CompletableFuture<Void> client : clients) {
            client.get();
        }
    }

    private void ask(String path, long pause) {
        long next = System.nanoTime();
        try (RawClient client = RawClient.connect(file.port())) {
            while (!over) {
                int least = file.serving();
                long begun = System.nanoTime();
                RawResponse answer = client.send(RawRequest.get(path)).readResponse();
                count(System.nanoTime() - begun);
                judge(answer, least);
                next = Math.max(next + pause, begun);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (RuntimeException | AssertionError broken) {
            fail(broken.toString());
        }
    }

    private void count(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(Math.max(STEPS, nanos));
        int step = (int) (nanos >>> Math.max(0, power - 4)) & STEPS - 1;
        times.incrementAndGet(power * STEPS + step);
        answered.incrementAndGet();
    }

    /** Its filters, its route and where it went must be of one gateway, and of none that had been replaced before it was sent. */
    private void judge(RawResponse answer, int least) {
        boolean whole = answer.status() == 200
                && answer.complete()
                && answer.headers("X-Version").equals(List.of(answer.bodyText()));
        if (!whole || Integer.parseInt(answer.bodyText()) < least) {
            fail("at least " + least + ": " + answer);
        }
    }

    private void fail(String reason) {
        failed.incrementAndGet();
        if (firstFailure == null) {
            firstFailure = reason;
        }
    }
}
