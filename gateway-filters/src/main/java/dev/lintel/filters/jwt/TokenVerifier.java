package dev.lintel.filters.jwt;

import dev.lintel.HeaderField;
import dev.lintel.filters.jwt.ClaimRules.Validity;
import dev.lintel.filters.jwt.HeaderValues.UnsafeClaim;
import dev.lintel.filters.jwt.TokenFault.Reason;
import dev.lintel.identity.Caller;
import dev.lintel.reject.Rejection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a token is worth, from the token, the keys and the time alone: no state, no input or output, no waiting.
 * Immutable and thread-safe.
 */
final class TokenVerifier {

    private final Set<JwtAlgorithm> algorithms;
    private final int maxLength;
    private final ClaimRules claimRules;
    private final CallerRules callerRules;
    private final Refusals refusals;

    TokenVerifier(
            Set<JwtAlgorithm> algorithms,
            int maxLength,
            ClaimRules claimRules,
            CallerRules callerRules,
            Refusals refusals) {
        this.algorithms = EnumSet.copyOf(algorithms);
        this.maxLength = maxLength;
        this.claimRules = claimRules;
        this.callerRules = callerRules;
        this.refusals = refusals;
    }

    /**
     * Decides anew, without any cache.
     *
     * @param token as the client sent it
     * @param digest the token's digest
     * @param keys the keys of now; null if there are none
     * @param now milliseconds since the epoch
     */
    TokenDecision decide(String token, TokenDigest digest, @Nullable KeySet keys, long now) {
        if (keys == null) {
            return TokenDecision.NO_KEYS;
        }
        try {
            CompactToken parts = CompactToken.parse(token, algorithms, maxLength);
            List<VerificationKey> candidates = keys.candidates(parts.algorithm(), parts.keyId());
            VerificationKey key = signer(parts, candidates);
            if (key == null) {
                Reason reason = candidates.isEmpty() ? Reason.UNKNOWN_KEY : Reason.SIGNATURE;
                return isNamed(parts, keys) ? invalid(reason) : new TokenDecision.UnknownKey(reason, keys);
            }
            VerifiedToken verified = judge(key, claims(parts), token.length(), digest);
            verified.validity().check(now);
            return new TokenDecision.Verified(verified);
        } catch (TokenFault fault) {
            return invalid(fault.reason());
        }
    }

    private static TokenDecision invalid(Reason reason) {
        return new TokenDecision.Invalid(reason);
    }

    private static @Nullable VerificationKey signer(CompactToken token, List<VerificationKey> candidates) {
        for (VerificationKey key : candidates) {
            if (key.verifies(token)) {
                return key;
            }
        }
        return null;
    }

    /** Without a {@code kid} no newer key is worth a fetch: any bad token could ask for one. */
    private static boolean isNamed(CompactToken token, KeySet keys) {
        String keyId = token.keyId();
        return keyId == null || keys.names(keyId);
    }

    private static Map<String, Object> claims(CompactToken token) throws TokenFault {
        Map<String, @Nullable Object> read;
        try {
            read = StrictJson.object(token.payload());
        } catch (StrictJson.Malformed e) {
            throw new TokenFault(Reason.MALFORMED);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> claim : read.entrySet()) {
            Object value = claim.getValue();
            if (value != null) {
                claims.put(claim.getKey(), value);
            } else if (ClaimRules.isRegistered(claim.getKey())) {
                throw new TokenFault(Reason.CLAIMS);
            }
        }
        return claims;
    }

    private VerifiedToken judge(VerificationKey key, Map<String, Object> claims, int length, TokenDigest digest)
            throws TokenFault {
        Validity validity = claimRules.check(claims);
        String subject = callerRules.subject(claims);
        int weight = 1 + (length - 1) / 1024;
        List<String> roles;
        List<String> scopes;
        String roleValue;
        List<HeaderField> forwarded;
        try {
            HeaderValues.joined(List.of(subject));
            roles = callerRules.roles(claims);
            scopes = callerRules.scopes(claims);
            roleValue = roles.isEmpty() ? null : HeaderValues.joined(roles);
            forwarded = forwarded(claims);
        } catch (UnsafeClaim e) {
            Caller caller = caller(subject, List.of(), List.of(), claims, digest);
            return new VerifiedToken(key, validity, caller, null, List.of(), Refusals.unsafeClaim(), weight);
        }
        Caller caller = caller(subject, roles, scopes, claims, digest);
        return new VerifiedToken(key, validity, caller, roleValue, forwarded, refusal(roles, scopes), weight);
    }

    private List<HeaderField> forwarded(Map<String, Object> claims) throws UnsafeClaim {
        List<HeaderField> fields = new ArrayList<>();
        for (ClaimHeader claim : callerRules.forwarded()) {
            String value = claim.value(claims);
            if (value != null) {
                fields.add(new HeaderField(claim.header(), value));
            }
        }
        return List.copyOf(fields);
    }

    private @Nullable Rejection refusal(List<String> roles, List<String> scopes) {
        if (!callerRules.match().isMetBy(scopes, callerRules.requiredScopes())) {
            return refusals.insufficientScope();
        }
        return callerRules.match().isMetBy(roles, callerRules.requiredRoles()) ? null : refusals.insufficientRole();
    }

    private static Caller caller(
            String subject, List<String> roles, List<String> scopes, Map<String, Object> claims, TokenDigest digest) {
        return new Caller("jwt", subject, null, roles, scopes, claims, digest.text());
    }
}
