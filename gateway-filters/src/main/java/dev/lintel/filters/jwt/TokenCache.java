package dev.lintel.filters.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified and are still valid, found by their digest. Only good tokens get in, so nobody without one can
 * fill it. Bounded by weight; a token leaves when it expires, when its key is gone, or for want of room. Thread-safe.
 */
final class TokenCache {

    private final Cache<TokenDigest, Entry> cache;

    private record Entry(TokenDecision.Verified decision, long lifetime) {
        VerifiedToken token() {
            return decision.token();
        }
    }

    /**
     * @param maxWeight how much it holds, counted in {@link VerifiedToken#weight}
     * @param nanos a monotonic count of nanoseconds
     */
    TokenCache(long maxWeight, LongSupplier nanos) {
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxWeight)
                .weigher((TokenDigest digest, Entry entry) -> entry.token().weight())
                // its work is short and bounded; the pool of all would have to be woken for it again and again
                .executor(Runnable::run)
                .ticker(nanos::getAsLong)
                .expireAfter(Expiry.creating((TokenDigest digest, Entry entry) -> Duration.ofMillis(entry.lifetime())))
                .build();
    }

    /**
     * A token that was verified before, if it is valid now and its key still is.
     *
     * @param now milliseconds since the epoch
     */
    TokenDecision.@Nullable Verified find(TokenDigest digest, KeySet keys, long now) {
        Entry entry = cache.getIfPresent(digest);
        if (entry == null) {
            return null;
        }
        VerifiedToken token = entry.token();
        // The time of day may step, so what the cache's own clock says is not enough.
        if (token.validity().includes(now) && keys.holds(token.key())) {
            return entry.decision();
        }
        cache.invalidate(digest);
        return null;
    }

    /** Keeps a token that is valid now. */
    void keep(TokenDigest digest, TokenDecision.Verified decision, long now) {
        long lifetime = decision.token().validity().until() - now;
        cache.put(digest, new Entry(decision, Math.max(1, lifetime)));
    }

    /** Drops every token whose key is not among {@code keys}. */
    void retain(KeySet keys) {
        cache.asMap().values().removeIf(entry -> !keys.holds(entry.token().key()));
    }

    /** How many tokens are held, once what is due to go is gone. */
    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
