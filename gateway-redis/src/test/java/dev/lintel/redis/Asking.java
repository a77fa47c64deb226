package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Questions to a store, and their answers. */
final class Asking {

    static final KeyHash KEY = new KeyHash(1, 2);

    private Asking() {}

    static CompletableFuture<RateLimitDecision> ask(RateLimitStore store, RateLimit limit) {
        return ask(store, limit, KEY);
    }

    static CompletableFuture<RateLimitDecision> ask(RateLimitStore store, RateLimit limit, KeyHash key) {
        return store.acquire(List.of(new Charge(limit, key, 1)), Time.system()).toCompletableFuture();
    }

    /** The decision, or null if there is none; waits for it. */
    static @Nullable RateLimitDecision decided(CompletableFuture<RateLimitDecision> asked) {
        try {
            return asked.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException silent) {
            return null;
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("decision: none in 30 s (expected: within the deadline)", late);
        }
    }

    static @Nullable RateLimitDecision decide(RateLimitStore store, RateLimit limit) {
        return decided(ask(store, limit));
    }

    /** Whether it decided, and let in. */
    static boolean allows(RateLimitStore store, RateLimit limit, KeyHash key) {
        RateLimitDecision decision = decided(ask(store, limit, key));
        return decision != null && decision.isAllowed();
    }
}
