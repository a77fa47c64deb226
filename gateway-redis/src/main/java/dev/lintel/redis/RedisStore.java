package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.measure.Measured;
import dev.lintel.measure.Measures;
import dev.lintel.option.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts that several gateways share through Redis 6.2 or newer, or Valkey: one server, the main one that Sentinels name, or a
 * cluster. One decision is one script that runs in one step, by the clock of Redis. Nothing waits: a decision comes, or fails,
 * within the deadline, and fails at once while it is known that Redis does not answer. Thread-safe.
 */
public final class RedisStore implements RateLimitStore, Measured {

    private static final int SECRET_OCTETS = 16;

    /** How often it is said what is held before it is not believed any more. */
    private static final int RENEWALS = 4;

    private final Session session;
    private final Counting counting;
    private final @Nullable Leases leases;
    private final KeyHasher hasher;

    RedisStore(RedisOptions options, Duration permitLife, @Nullable Time clock) {
        this.session = new Session(options);
        Permits permits = new Permits(permitLife);
        this.counting = new Counting(session.desk(), options.namespace(), permits, clock);
        long between = permitLife.toNanos() / RENEWALS;
        var unused = session.time().scheduleWithFixedDelay(this::renew, between, between, TimeUnit.NANOSECONDS);
        this.leases = options.leaseUnits() == 0 ? null : new Leases(counting, session, options);
        this.hasher = KeyHasher.of(secret(options));
        session.start();
    }

    private void renew() {
        if (session.isUsable()) {
            counting.renew();
        }
    }

    /** Waits until it can be asked, but no longer than told; gives the reason if that is a refusal. */
    @Nullable
    Trouble awaitFirst(Duration most) {
        return session.awaitFirst(most);
    }

    /** Starts the description of a store. */
    public static RedisStoreBuilder builder() {
        return new RedisStoreBuilder(new Problems());
    }

    private static byte[] secret(RedisOptions options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.namespace().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(options.secret().getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(), SECRET_OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<String> objection(RateLimit limit) {
        return limit instanceof RateLimit.Concurrency permits && permits.queue() > 0
                ? Optional.of("no queue, since nobody can wait for a permit that another gateway holds")
                : Optional.empty();
    }

    @Override
    public KeyHasher hasher() {
        return hasher;
    }

    @Override
    public CompletionStage<RateLimitDecision> acquire(List<Charge> charges, Time time) {
        if (leases != null && leases.fits(charges)) {
            return leases.acquire(charges, time);
        }
        if (session.isCluster() && !SameKeys.are(charges)) {
            return new KeyByKey(counting, charges, time).acquire();
        }
        return counting.ask(Counting.Mode.TAKE, charges, time).thenApply(Verdict::decision);
    }

    @Override
    public CompletionStage<RateLimitDecision> peek(List<Charge> charges, Time time) {
        if (session.isCluster() && !SameKeys.are(charges)) {
            return new KeyByKey(counting, charges, time).peek();
        }
        return counting.ask(Counting.Mode.PEEK, charges, time).thenApply(Verdict::decision);
    }

    @Override
    public CompletionStage<Void> settle(RateLimitDecision decision, List<Charge> charges, long[] costs) {
        CompletableFuture<?>[] settled = new CompletableFuture<?>[charges.size()];
        for (int i = 0; i < settled.length; i++) {
            Charge charge = charges.get(i);
            boolean charged = decision.isAllowed() && !decision.isExceeded(i);
            long more = !charged ? 0 : Permits.isPermit(charge) ? -1 : costs[i] - charge.cost();
            long mark = decision instanceof SharedDecision shared ? shared.mark(i) : 0;
            settled[i] = more == 0
                    ? CompletableFuture.completedFuture(null)
                    : counting.settle(List.of(charge), new long[] {more}, new long[] {mark});
        }
        return CompletableFuture.allOf(settled);
    }

    @Override
    public CompletionStage<Void> reset(RateLimit limit, KeyHash key) {
        return counting.ask(Counting.Mode.RESET, List.of(new Charge(limit, key, 1)), Time.system())
                .thenAccept(answer -> {});
    }

    @Override
    public Status status() {
        return session.status();
    }

    @Override
    public int sharers() {
        return session.gateways();
    }

    /** What it has done so far, for metrics. */
    public RedisCounts counts() {
        return session.counts();
    }

    @Override
    public void measure(Measures measures) {
        if (measures.isNew(session)) {
            counts().measure(measures);
        }
    }

    @Override
    public void close() {
        if (leases != null) {
            leases.close();
        }
        session.close();
    }

    /** Names the place, without credentials. */
    @Override
    public String toString() {
        return "RedisStore[" + session + "]";
    }
}
