package dev.lintel.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit.TokenBucket;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which leases are known, and so looked after; without Redis, where every question fails at once. */
class LeasesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<Charge> CHARGES =
            List.of(new Charge(TokenBucket.of("ten", 10, Duration.ofHours(1)), Asking.KEY, 1));

    private final RedisOptions options = RedisStore.builder()
            .uri("redis://127.0.0.1:1")
            .lease(100, Duration.ofMillis(10))
            .options();
    private final Session session = new Session(options);
    private final Leases leases = new Leases(
            new Counting(session.desk(), options.namespace(), new Permits(Permits.LIFE), null), session, options);

    LeasesTest() {
        // the test sweeps, and nobody else
        session.time().shutdownNow();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private void ask() {
        assertThat(leases.acquire(CHARGES, Time.system())).isCompletedExceptionally();
    }

    /** It sweeps until nothing is left. */
    private void forget() {
        await().atMost(LONG).until(() -> {
            leases.sweep();
            return leases.held(CHARGES) == null;
        });
    }

    @Test
    void areForgottenOnceNobodyAsks() {
        ask();
        assertThat(leases.held(CHARGES)).isNotNull();
        forget();
        ask();
        assertThat(leases.held(CHARGES)).isNotNull();
    }

    /** Units that were taken by one that is forgotten would never be given back. */
    @Test
    void nobodyAsksByOneThatWasForgottenAfterHeHadFoundIt() throws Exception {
        ask();
        Lease found = requireNonNull(leases.held(CHARGES));
        Thread asker = new Thread(this::ask);
        asker.setDaemon(true);
        long here = Thread.currentThread().getId();
        synchronized (found) {
            asker.start();
            await().atMost(LONG).until(() -> isHeldUpBy(here, asker));
            while (leases.held(CHARGES) != null) {
                leases.sweep();
            }
        }
        asker.join(LONG.toMillis());
        assertThat(asker.isAlive()).isFalse();
        assertThat(leases.held(CHARGES)).isNotNull().isNotSameAs(found);
    }

    private static boolean isHeldUpBy(long owner, Thread thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        return info != null && info.getLockOwnerId() == owner;
    }
}
