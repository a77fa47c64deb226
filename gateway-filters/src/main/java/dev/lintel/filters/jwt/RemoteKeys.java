package dev.lintel.filters.jwt;

import dev.lintel.Background;
import dev.lintel.measure.Measures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that an issuer publishes, fetched in the background and kept through outages of the issuer.
 *
 * <p>At most one fetch is under way. A set that was fetched is used until the next one, at longest for the time given; an
 * answer without a usable key changes nothing. Unknown key ids bring the next fetch forward, once in
 * {@link #UNKNOWN_KEY_INTERVAL} however many ask.
 */
final class RemoteKeys implements KeySource {

    /** How often unknown key ids may cause a fetch. */
    static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(30);

    /** How long after a failed fetch the next begins. */
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(Refusals.RETRY_AFTER);

    /** How many requests may wait for a fetch at once; to the others what they ask for is unknown. */
    static final int MAX_WAITING = 128;

    private static final Duration WARN_INTERVAL = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);

    /*
     * The lock guards what decides whether a fetch begins: inFlight, renewedAt, planned, closed. Requests get by without
     * it unless a fetch is under way or due.
     */
    private final Object lock = new Object();
    private final String location;
    private final KeyFetch fetch;
    private final Duration refreshInterval;
    private final long maxAgeNanos;
    private final LongSupplier nanos;
    private final Delay delay;
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Consumer<KeySet>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable CompletableFuture<Boolean> inFlight;
    private volatile long renewedAt;
    private Delay.@Nullable Planned planned;
    private volatile boolean closed;
    private final Throttle warnings;
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private record Loaded(KeySet keys, long at) {}

    /**
     * @param location where the keys are, for logs
     * @param refreshInterval from the end of a good fetch to the next
     * @param maxAge how long a set may be used when no other follows
     */
    RemoteKeys(
            String location,
            KeyFetch fetch,
            Duration refreshInterval,
            Duration maxAge,
            LongSupplier nanos,
            Delay delay) {
        this.location = location;
        this.fetch = fetch;
        this.refreshInterval = refreshInterval;
        this.maxAgeNanos = maxAge.toNanos();
        this.nanos = nanos;
        this.delay = delay;
        this.renewedAt = nanos.getAsLong() - UNKNOWN_KEY_INTERVAL.toNanos();
        this.warnings = new Throttle(WARN_INTERVAL, nanos);
    }

    /** Begins a fetch, unless one is under way, and does not wait for it. */
    void start() {
        var unused = begin(false);
    }

    /** Plans no further fetch. What is under way ends by itself. */
    void close() {
        synchronized (lock) {
            closed = true;
            cancelPlanned();
        }
    }

    /** Has {@code listener} called with every set that differs from the one before, on the thread that fetched it. */
    void addListener(Consumer<KeySet> listener) {
        listeners.add(listener);
    }

    void removeListener(Consumer<KeySet> listener) {
        listeners.remove(listener);
    }

    /** Tells how old the set is and what became of the fetches. Every filter with this set tells the same: it is told once. */
    void measure(Measures measures) {
        if (!measures.isNew(this)) {
            return;
        }
        Loaded now = loaded;
        if (now != null) {
            measures.gauge(
                    "gateway.jwks.age.seconds",
                    "How long ago the key set was fetched.",
                    (nanos.getAsLong() - now.at()) / 1e9,
                    "keys",
                    location);
        }
        String description = "Fetches of key sets, by what became of them.";
        measures.counter(
                "gateway.jwks.refreshes", description, (double) succeeded.sum(), "keys", location, "result", "success");
        measures.counter(
                "gateway.jwks.refreshes", description, (double) failed.sum(), "keys", location, "result", "failure");
    }

    @Override
    public @Nullable KeySet keys() {
        Loaded now = loaded;
        return now == null || nanos.getAsLong() - now.at() > maxAgeNanos ? null : now.keys();
    }

    @Override
    public @Nullable CompletableFuture<Boolean> renewal() {
        // In this order: whoever sees that a fetch is no longer due sees the one that began as well.
        boolean due = isDue();
        CompletableFuture<Boolean> running = inFlight;
        if (running == null && due) {
            running = begin(true);
        }
        return running == null ? null : bounded(running);
    }

    private boolean isDue() {
        return nanos.getAsLong() - renewedAt >= UNKNOWN_KEY_INTERVAL.toNanos();
    }

    private @Nullable CompletableFuture<Boolean> bounded(CompletableFuture<Boolean> running) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return null;
        }
        return Background.within(MAX_WAIT, running).handle((good, late) -> {
            waiting.decrementAndGet();
            return good != null && good;
        });
    }

    /** Begins a fetch unless one is under way; what is under way then, or null if none may begin. */
    private @Nullable CompletableFuture<Boolean> begin(boolean renewal) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        synchronized (lock) {
            if (inFlight != null || closed || (renewal && !isDue())) {
                return inFlight;
            }
            inFlight = mine;
            if (renewal) {
                renewedAt = nanos.getAsLong();
            }
            cancelPlanned();
        }
        CompletableFuture<JwkReader.Keys> fetching;
        try {
            fetching = fetch.fetch();
        } catch (RuntimeException e) {
            fetching = CompletableFuture.failedFuture(e);
        }
        var unused = fetching.whenComplete((keys, failure) -> end(mine, keys, failure));
        return mine;
    }

    private void end(CompletableFuture<Boolean> mine, JwkReader.@Nullable Keys keys, @Nullable Throwable failure) {
        boolean good = false;
        try {
            good = keys != null && adopt(keys);
            if (!good && !closed) {
                warn(failure);
            }
        } finally {
            (good ? succeeded : failed).increment();
            synchronized (lock) {
                inFlight = null;
                if (!closed) {
                    planned = delay.after(good ? refreshInterval : retryInterval(), this::start);
                }
            }
            // Last, so that whoever waited finds the new keys and may begin the next fetch.
            mine.complete(good);
        }
    }

    private Duration retryInterval() {
        return RETRY_INTERVAL.compareTo(refreshInterval) < 0 ? RETRY_INTERVAL : refreshInterval;
    }

    private boolean adopt(JwkReader.Keys fetched) {
        if (fetched.keys().isEmpty()) {
            return false;
        }
        Loaded before = loaded;
        KeySet keys = KeySet.of(fetched.keys());
        long now = nanos.getAsLong();
        if (before != null && keys.equals(before.keys())) {
            loaded = new Loaded(before.keys(), now);
            return true;
        }
        KeySet changed = before == null ? keys : keys.reusing(before.keys());
        loaded = new Loaded(changed, now);
        LOG.info(
                "{}: {} keys, {} ignored {}",
                location,
                changed.size(),
                fetched.ignored().size(),
                fetched.ignored());
        listeners.forEach(listener -> listener.accept(changed));
        return true;
    }

    private void warn(@Nullable Throwable failure) {
        if (warnings.passes()) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            LOG.warn(
                    "{}: no keys fetched, {}: {}",
                    location,
                    loaded == null ? "and none from before" : "those from before are used while they are fresh enough",
                    cause == null ? "no usable key in the answer" : cause.toString());
        }
    }

    private void cancelPlanned() {
        if (planned != null) {
            planned.cancel();
            planned = null;
        }
    }
}
