package dev.lintel.filters.jwt;

import dev.lintel.request.HeaderSelector;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checked options of one filter. Immutable; made by {@link OptionChecks}.
 *
 * @param keys where keys come from
 * @param algorithms what tokens may be signed with; not empty, HMAC never beside others
 * @param claimRules what a token must say of itself
 * @param callerRules what it must say of its caller
 * @param maxTokenLength in characters
 * @param optional whether requests without a token pass
 * @param forwardToken whether the token goes on to the upstream
 * @param userIdHeader the field for the caller's id; null for the gateway's own
 * @param userRoleHeader the field for the caller's roles; null for the gateway's own
 * @param refusals the answers
 * @param cacheWeight how much the token cache holds; 0 for no cache
 * @param keysBeforeReady whether a server is ready only once there were keys
 * @param nanos a monotonic count of nanoseconds
 */
record JwtOptions(
        KeyPlan keys,
        Set<JwtAlgorithm> algorithms,
        ClaimRules claimRules,
        CallerRules callerRules,
        int maxTokenLength,
        boolean optional,
        boolean forwardToken,
        @Nullable String userIdHeader,
        @Nullable String userRoleHeader,
        Refusals refusals,
        long cacheWeight,
        boolean keysBeforeReady,
        LongSupplier nanos) {

    /** The request header fields that the filter writes, besides those that belong to the gateway anyway. */
    HeaderSelector ownedHeaders() {
        HeaderSelector owned = HeaderSelector.none();
        if (userIdHeader != null) {
            owned = owned.or(HeaderSelector.of(userIdHeader));
        }
        if (userRoleHeader != null) {
            owned = owned.or(HeaderSelector.of(userRoleHeader));
        }
        for (ClaimHeader claim : callerRules.forwarded()) {
            owned = owned.or(HeaderSelector.of(claim.header()));
        }
        return owned;
    }
}
