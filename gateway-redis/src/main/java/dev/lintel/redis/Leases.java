package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Units that this gateway has taken in advance, for keys that are asked for often. Thread-safe, bounded. */
final class Leases {

    private static final int MOST = 10_000;

    /** All gateways together hold at most this part of a limit in advance. */
    private static final int PART = 8;

    private final Counting counting;
    private final Session session;
    private final int most;
    private final long timeNanos;
    private final Map<List<Charge>, Lease> leases = new ConcurrentHashMap<>();

    Leases(Counting counting, Session session, RedisOptions options) {
        this.counting = counting;
        this.session = session;
        this.most = options.leaseUnits();
        this.timeNanos = options.leaseTime().toNanos();
        var unused = session.time().scheduleWithFixedDelay(this::sweep, timeNanos, timeNanos, TimeUnit.NANOSECONDS);
    }

    /** Whether units can be taken in advance for these. */
    boolean fits(List<Charge> charges) {
        for (Charge charge : charges) {
            if (charge.cost() != 1
                    || charge.observed()
                    || !counting.code(charge.limit()).canLease()) {
                return false;
            }
        }
        return !session.isCluster() || SameKeys.are(charges);
    }

    CompletableFuture<RateLimitDecision> acquire(List<Charge> charges, Time time) {
        while (true) {
            Lease lease = leases.get(charges);
            if (lease == null) {
                if (leases.size() >= MOST) {
                    return counting.ask(Counting.Mode.TAKE, charges, time).thenApply(Verdict::decision);
                }
                List<Charge> kept = List.copyOf(charges);
                lease = leases.computeIfAbsent(
                        kept, key -> new Lease(counting, session.counters(), key, mostOf(key), timeNanos));
            }
            CompletableFuture<RateLimitDecision> decision = lease.acquire(time);
            if (decision != null) {
                return decision;
            }
            // it has ended since; nobody waits until the sweep has removed it
            leases.remove(charges, lease);
        }
    }

    /** What is held for these. */
    @Nullable
    Lease held(List<Charge> charges) {
        return leases.get(charges);
    }

    private long mostOf(List<Charge> charges) {
        long least = most;
        for (Charge charge : charges) {
            RateLimit limit = charge.limit();
            least = Math.min(least, limit.quota() / ((long) PART * session.gateways()));
        }
        return Math.max(1, least);
    }

    /** Gives back what was not used in its time, and forgets what nobody asks for. */
    void sweep() {
        leases.forEach((charges, lease) -> {
            lease.giveBack(false);
            if (lease.endIfIdle()) {
                leases.remove(charges, lease);
            }
        });
    }

    /** Gives everything back. */
    void close() {
        leases.values().forEach(lease -> lease.giveBack(true));
    }
}
