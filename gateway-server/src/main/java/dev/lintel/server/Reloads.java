package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.https.LiveTls;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problem;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one gateway after another take over, and knows what became of the last try. Thread-safe. */
final class Reloads implements Measured {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private final ReentrantLock turn = new ReentrantLock();
    private final @Nullable Supplier<Gateway> reloader;
    private final Consumer<Gateway> replace;
    private final @Nullable LiveTls tls;
    private volatile @Nullable Failure lastFailure;
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile Instant since = Instant.now();

    /**
     * A try that changed nothing.
     *
     * @param at when it ended
     * @param problems why
     */
    record Failure(Instant at, List<Problem> problems) {

        Failure {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Makes it.
     *
     * @param reloader makes the next gateway; null if only who gives one can have it replaced
     * @param replace has a gateway take over
     * @param tls what reads its files again on a reload; null if there is none
     */
    Reloads(@Nullable Supplier<Gateway> reloader, Consumer<Gateway> replace, @Nullable LiveTls tls) {
        this.reloader = reloader;
        this.replace = replace;
        this.tls = tls != null && tls.hasFiles() ? tls : null;
    }

    @Override
    public void measure(Measures measures) {
        String name = "gateway.config.reloads";
        String description = "Gateways that were to take over, by what became of it.";
        measures.counter(name, description, (double) succeeded.sum(), "result", "success");
        measures.counter(name, description, (double) failed.sum(), "result", "failure");
        measures.gauge(
                "gateway.config.last.success.seconds",
                "When the gateway that serves took over, in seconds since the epoch.",
                (double) since.getEpochSecond());
    }

    /** Whether there is somebody to ask for the next gateway, or a file of TLS to read again. */
    boolean isPossible() {
        return reloader != null || tls != null;
    }

    /** What the last try failed of; null if it did not. */
    @Nullable
    Failure lastFailure() {
        return lastFailure;
    }

    /**
     * Has a gateway take over, when those who came before are done.
     *
     * @throws GatewayException if it cannot
     */
    void replace(Gateway next) {
        turn.lock();
        try {
            run(() -> next, () -> Reloads::nothing);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Asks for a gateway and has it take over, and what is in the files of TLS, when those who came before are done.
     *
     * @throws GatewayException if there is none or it cannot
     * @throws IllegalStateException if there is nobody to ask
     */
    void reload() {
        turn.lock();
        try {
            reloadNow();
        } finally {
            turn.unlock();
        }
    }

    /**
     * The same, unless somebody else is at it.
     *
     * @return whether nobody is
     */
    boolean tryReload() {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            reloadNow();
        } finally {
            turn.unlock();
        }
        return true;
    }

    private void reloadNow() {
        if (!isPossible()) {
            throw new IllegalStateException("reload: no reloader (expected: one given to the builder)");
        }
        run(reloader, tls == null ? () -> Reloads::nothing : tls::prepare);
    }

    /** Either takes over both, the gateway and the certificates, or neither. */
    private void run(@Nullable Supplier<Gateway> next, Supplier<Runnable> certificates) {
        try {
            Runnable swap = certificates.get();
            if (next != null) {
                Gateway gateway = next.get();
                replace.accept(gateway);
                LOG.info(
                        "another gateway has taken over: {} routes",
                        gateway.routes().size());
            }
            swap.run();
            lastFailure = null;
            since = Instant.now();
            succeeded.increment();
        } catch (GatewayException wrong) {
            LOG.warn("the gateway stays as it is; {}", wrong.getMessage());
            lastFailure = new Failure(Instant.now(), wrong.problems());
            failed.increment();
            throw wrong;
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            // such as a class of the user's own that is not there; what it says may be anything, so only the log gets
            // it
            LOG.warn("the gateway stays as it is", broken);
            List<Problem> problems = List.of(
                    new Problem("reload", broken.getClass().getSimpleName(), "a gateway; see the server's log"));
            lastFailure = new Failure(Instant.now(), problems);
            failed.increment();
            throw new GatewayException("reload", problems);
        }
    }

    private static void nothing() {}
}
