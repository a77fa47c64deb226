package dev.lintel.filters.jwt;

import dev.lintel.filter.SieveCache;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified and are still valid, found by their digest. Only good tokens get in, so nobody without one can
 * fill it. Bounded by weight; a token leaves when it has expired, when its key is gone, or for want of room ({@link SieveCache}).
 * Finding takes no lock. Thread-safe.
 */
final class TokenCache {

    private final SieveCache<TokenDigest, TokenDecision.Verified> tokens;

    /** @param maxWeight how much it holds, counted in {@link VerifiedToken#weight} */
    TokenCache(long maxWeight) {
        this.tokens = new SieveCache<>(
                maxWeight, Long.MAX_VALUE, decision -> decision.token().weight());
    }

    /**
     * A token that was verified before, if it is valid now and its key still is.
     *
     * @param now milliseconds since the epoch
     */
    TokenDecision.@Nullable Verified find(TokenDigest digest, KeySet keys, long now) {
        TokenDecision.Verified decision = tokens.find(digest);
        if (decision == null) {
            return null;
        }
        VerifiedToken token = decision.token();
        if (!token.validity().includes(now) || !keys.holds(token.key())) {
            var unused = tokens.drop(digest, decision);
            return null;
        }
        return decision;
    }

    /**
     * Keeps a token that is valid now.
     *
     * @param now milliseconds since the epoch
     */
    void keep(TokenDigest digest, TokenDecision.Verified decision, long now) {
        var unused =
                tokens.keep(digest, decision, kept -> kept.token().validity().includes(now));
    }

    /** Drops every token whose key is not among {@code keys}. */
    void retain(KeySet keys) {
        tokens.retain(kept -> keys.holds(kept.token().key()));
    }

    /** How many tokens are held. */
    int size() {
        return tokens.size();
    }

    /** How much they weigh. */
    long weight() {
        return tokens.weight();
    }
}
