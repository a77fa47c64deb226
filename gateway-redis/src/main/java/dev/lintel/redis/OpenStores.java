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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** The stores that are open, known by their options, each closed when all who opened it have closed it. Thread-safe. */
final class OpenStores {

    private final Map<Map<String, String>, Shared> open = new HashMap<>();

    private static final class Shared {

        private final RedisStore store;
        private int users;

        private Shared(RedisStore store) {
            this.store = store;
        }
    }

    synchronized RateLimitStore open(Map<String, String> options) {
        Map<String, String> key = Map.copyOf(options);
        Shared shared = open.get(key);
        if (shared == null) {
            shared = new Shared(describe(options).build());
            open.put(key, shared);
        }
        shared.users++;
        return new Handle(key, shared);
    }

    /** What is open now. */
    synchronized List<RedisStore> stores() {
        return open.values().stream().map(shared -> shared.store).toList();
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

    private synchronized void close(Map<String, String> key, Shared shared) {
        if (--shared.users == 0) {
            open.remove(key);
            shared.store.close();
        }
    }

    /** What one of those has who opened a store. */
    private final class Handle implements RateLimitStore, Measured {

        private final Map<String, String> key;
        private final Shared shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Handle(Map<String, String> key, Shared shared) {
            this.key = key;
            this.shared = shared;
        }

        @Override
        public Optional<String> objection(RateLimit limit) {
            return shared.store.objection(limit);
        }

        @Override
        public KeyHasher hasher() {
            return shared.store.hasher();
        }

        @Override
        public CompletionStage<RateLimitDecision> acquire(List<Charge> charges, Time time) {
            return shared.store.acquire(charges, time);
        }

        @Override
        public CompletionStage<RateLimitDecision> peek(List<Charge> charges, Time time) {
            return shared.store.peek(charges, time);
        }

        @Override
        public CompletionStage<Void> settle(RateLimitDecision decision, List<Charge> charges, long[] costs) {
            return shared.store.settle(decision, charges, costs);
        }

        @Override
        public CompletionStage<Void> reset(RateLimit limit, KeyHash reset) {
            return shared.store.reset(limit, reset);
        }

        @Override
        public Status status() {
            return shared.store.status();
        }

        @Override
        public int sharers() {
            return shared.store.sharers();
        }

        @Override
        public void measure(Measures measures) {
            shared.store.measure(measures);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                OpenStores.this.close(key, shared);
            }
        }

        @Override
        public String toString() {
            return shared.store.toString();
        }
    }
}
