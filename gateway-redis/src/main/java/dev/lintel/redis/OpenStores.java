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
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The stores that are open, known by their options, each closed when all who opened it have closed it. Whoever opens a store waits for its
 * start, and nobody else does. Thread-safe.
 */
final class OpenStores {

    private final Map<Map<String, String>, Shared> open = new HashMap<>();

    private static final class Shared {

        private final CompletableFuture<RedisStore> store = new CompletableFuture<>();
        private int users;

        /** The store, once it has started; what keeps it from being one is thrown. */
        private RedisStore await() {
            try {
                return store.join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException wrong) {
                    throw wrong;
                }
                throw failed;
            }
        }
    }

    RateLimitStore open(Map<String, String> options) {
        Map<String, String> key = Map.copyOf(options);
        Shared made = new Shared();
        Shared shared = join(key, made);
        if (shared == made) {
            start(key, made);
        }
        return new Handle(key, shared, shared.await());
    }

    private synchronized Shared join(Map<String, String> key, Shared made) {
        Shared shared = open.computeIfAbsent(key, absent -> made);
        shared.users++;
        return shared;
    }

    /** Not under the lock: it may take as long as the first connection may. */
    private void start(Map<String, String> key, Shared made) {
        try {
            made.store.complete(describe(key).build());
        } catch (RuntimeException | Error failed) {
            synchronized (this) {
                open.remove(key);
            }
            made.store.completeExceptionally(failed);
        }
    }

    /** What is open now, and has started. */
    synchronized List<RedisStore> stores() {
        return open.values().stream()
                .filter(shared -> shared.store.isDone() && !shared.store.isCompletedExceptionally())
                .map(Shared::await)
                .toList();
    }

    /** Every problem that is known without connecting. */
    static List<Problem> check(Map<String, String> options) {
        try {
            describe(options);
            return List.of();
        } catch (GatewayException wrong) {
            return wrong.problems();
        }
    }

    private static RedisStoreBuilder describe(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        RedisStoreBuilder builder = new RedisStoreBuilder(reader.problems());
        reader.text(RedisCatalogue.URI.name()).ifPresent(builder::uri);
        builder.namespace(reader.value(RedisCatalogue.NAMESPACE));
        reader.given(RedisCatalogue.SECRET).ifPresent(builder::secret);
        builder.deadline(reader.value(RedisCatalogue.DEADLINE));
        builder.connectTimeout(reader.value(RedisCatalogue.CONNECT_TIMEOUT));
        builder.startTimeout(reader.value(RedisCatalogue.START_TIMEOUT));
        builder.maxPending(reader.value(RedisCatalogue.MAX_PENDING).intValue());
        builder.lease(reader.value(RedisCatalogue.LEASE).intValue(), reader.value(RedisCatalogue.LEASE_TIME));
        reader.given(RedisCatalogue.TRUSTED_CERTIFICATES).ifPresent(builder::trustedCertificates);
        builder.requireUri();
        reader.finish("RedisStore");
        return builder;
    }

    private void close(Map<String, String> key, Shared shared, RedisStore store) {
        synchronized (this) {
            if (--shared.users > 0) {
                return;
            }
            open.remove(key);
        }
        store.close();
    }

    /** What one of those has who opened a store. */
    private final class Handle implements RateLimitStore, Measured {

        private final Map<String, String> key;
        private final Shared shared;
        private final RedisStore store;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Handle(Map<String, String> key, Shared shared, RedisStore store) {
            this.key = key;
            this.shared = shared;
            this.store = store;
        }

        @Override
        public Optional<String> objection(RateLimit limit) {
            return store.objection(limit);
        }

        @Override
        public KeyHasher hasher() {
            return store.hasher();
        }

        @Override
        public CompletionStage<RateLimitDecision> acquire(List<Charge> charges, Time time) {
            return store.acquire(charges, time);
        }

        @Override
        public CompletionStage<RateLimitDecision> peek(List<Charge> charges, Time time) {
            return store.peek(charges, time);
        }

        @Override
        public CompletionStage<Void> settle(RateLimitDecision decision, List<Charge> charges, long[] costs) {
            return store.settle(decision, charges, costs);
        }

        @Override
        public CompletionStage<Void> reset(RateLimit limit, KeyHash reset) {
            return store.reset(limit, reset);
        }

        @Override
        public Status status() {
            return store.status();
        }

        @Override
        public int sharers() {
            return store.sharers();
        }

        @Override
        public void measure(Measures measures) {
            store.measure(measures);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                OpenStores.this.close(key, shared, store);
            }
        }

        @Override
        public String toString() {
            return store.toString();
        }
    }
}
