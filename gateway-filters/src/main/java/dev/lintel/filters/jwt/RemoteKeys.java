package dev.lintel.filters.jwt;

import dev.lintel.Background;
import dev.lintel.measure.Measures;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
 * answer without a usable key changes nothing. Requests that name an unknown key, or find no keys at all, bring the next
 * fetch forward, once in {@link #UNKNOWN_KEY_INTERVAL} however many ask.
 */
final class RemoteKeys implements KeySource {

    /** How often requests may cause a fetch. */
    static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(30);

    /** How long after a failed fetch the next begins. */
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(Refusals.RETRY_AFTER);

    /** How many requests may wait for a fetch at once; to the others what they ask for is unknown. */
    static final int MAX_WAITING = 128;

    private static final Duration WARN_INTERVAL = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);

    /*
     * The lock guards what decides whether a fetch begins: loaded, inFlight, renewedAt, planned, closed. Requests take it
     * where they ask for other keys and a fetch is under way or due.
     */
    private final Object lock = new Object();
    private final String location;
    private final KeyFetch fetch;
    private final Duration refreshInterval;
    private final long maxAgeNanos;
    private final Duration maxWait;
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

    private record Request(@Nullable KeySet seen) {}

    /**
     * @param location where the keys are, for logs
     * @param refreshInterval from the end of a good fetch to the next
     * @param maxAge how long a set may be used when no other follows
     * @param maxWait how long a request waits for a fetch
     */
    RemoteKeys(
            String location,
            KeyFetch fetch,
            Duration refreshInterval,
            Duration maxAge,
            Duration maxWait,
            LongSupplier nanos,
            Delay delay) {
        this.location = location;
        this.fetch = fetch;
        this.refreshInterval = refreshInterval;
        this.maxAgeNanos = maxAge.toNanos();
        this.maxWait = maxWait;
        this.nanos = nanos;
        this.delay = delay;
        this.renewedAt = nanos.getAsLong() - UNKNOWN_KEY_INTERVAL.toNanos();
        this.warnings = new Throttle(WARN_INTERVAL, nanos);
    }

    /** Begins a fetch, unless one is under way, and does not wait for it. */
    void start() {
        var unused = begin(null);
    }

    /** Plans no further fetch. What is under way ends by itself. */
    void close() {
        synchronized (lock) {
            closed = true;
            cancelPlanned();
        }
    }

    /**
     * Has {@code listener} called with every set that differs from the one before, on the thread that fetched it. Requests
     * may have used the set by then, and another may have followed.
     */
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
    public @Nullable CompletableFuture<Boolean> renewal(@Nullable KeySet seen) {
        // In this order: whoever sees that a fetch is no longer due sees the one that began as well.
        CompletableFuture<Boolean> running = !isDue() && inFlight == null ? null : begin(new Request(seen));
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
        return Background.within(maxWait, running).handle((good, late) -> {
            waiting.decrementAndGet();
            return good != null && good;
        });
    }

    /**
     * Begins a fetch unless one is under way.
     *
     * @param request which request asks; null if it is planned
     * @return what is under way then; null if none may begin, or the request has not seen the keys of now
     */
    private @Nullable CompletableFuture<Boolean> begin(@Nullable Request request) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        synchronized (lock) {
            if (request != null && !Objects.equals(keys(), request.seen())) {
                return null;
            }
            if (inFlight != null || closed || (request != null && !isDue())) {
                return inFlight;
            }
            inFlight = mine;
            if (request != null) {
                renewedAt = nanos.getAsLong();
            }
            cancelPlanned();
        }
        CompletableFuture<JwkReader.Keys> fetching;
        try {
            fetching = fetch.fetch();
        } catch (RuntimeException | Error e) {
            // such as no thread to be had: the next fetch may find one
            fetching = CompletableFuture.failedFuture(e);
        }
        var unused = fetching.whenComplete((keys, failure) -> end(mine, keys, failure));
        return mine;
    }

    private void end(CompletableFuture<Boolean> mine, JwkReader.@Nullable Keys keys, @Nullable Throwable failure) {
        Loaded before = loaded;
        Loaded next = null;
        try {
            try {
                next = keys == null || keys.keys().isEmpty() ? null : after(before, keys);
            } finally {
                settle(next);
            }
            if (keys != null && next != null) {
                tell(before, next.keys(), keys);
            } else if (!closed) {
                warn(failure);
            }
        } finally {
            // Last, so that whoever waited finds the new keys and may begin the next fetch.
            mine.complete(next != null);
        }
    }

    private Loaded after(@Nullable Loaded before, JwkReader.Keys fetched) {
        KeySet keys = KeySet.of(fetched.keys());
        if (before != null) {
            keys = keys.equals(before.keys()) ? before.keys() : keys.reusing(before.keys());
        }
        return new Loaded(keys, nanos.getAsLong());
    }

    /** At once, so that who asks for newer keys than those of a fetch is not made to wait for that fetch. */
    private void settle(@Nullable Loaded next) {
        synchronized (lock) {
            if (next != null) {
                loaded = next;
            }
            inFlight = null;
            (next == null ? failed : succeeded).increment();
            if (!closed) {
                planned = delay.after(next == null ? retryInterval() : refreshInterval, this::start);
            }
        }
    }

    private void tell(@Nullable Loaded before, KeySet keys, JwkReader.Keys fetched) {
        if (before != null && keys.equals(before.keys())) {
            return;
        }
        LOG.info(
                "{}: {} keys, {} ignored {}",
                location,
                keys.size(),
                fetched.ignored().size(),
                fetched.ignored());
        listeners.forEach(listener -> listener.accept(keys));
    }

    private Duration retryInterval() {
        return RETRY_INTERVAL.compareTo(refreshInterval) < 0 ? RETRY_INTERVAL : refreshInterval;
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
