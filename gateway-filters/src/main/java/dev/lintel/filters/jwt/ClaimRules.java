package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.TokenFault.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the claims that say who issued a token, for whom and for how long (RFC 7519 section 4.1). Immutable. */
final class ClaimRules {

    /** The end of the year 9999. A later date is a unit mistaken or an overflow tried, not a date. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    /**
     * When a token is valid, the leeway included; in milliseconds since the epoch.
     *
     * @param from the first valid moment
     * @param until the first moment that is no longer valid
     */
    record Validity(long from, long until) {

        /** @throws TokenFault if {@code now} is outside */
        void check(long now) throws TokenFault {
            if (now >= until) {
                throw new TokenFault(Reason.EXPIRED);
            }
            if (now < from) {
                throw new TokenFault(Reason.NOT_YET_VALID);
            }
        }

        boolean includes(long now) {
            return from <= now && now < until;
        }
    }

    private static final Set<String> REGISTERED = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    private final @Nullable String issuer;
    private final Set<String> audiences;
    private final long leeway;

    /**
     * @param issuer the only acceptable issuer; null accepts any
     * @param audiences the acceptable audiences; empty accepts any
     * @param leeway how far clocks may differ, in milliseconds
     */
    ClaimRules(@Nullable String issuer, Set<String> audiences, long leeway) {
        this.issuer = issuer;
        this.audiences = Set.copyOf(audiences);
        this.leeway = leeway;
    }

    /** Whether a claim is one of RFC 7519 section 4.1, none of which may be null. */
    static boolean isRegistered(String claim) {
        return REGISTERED.contains(claim);
    }

    /** When the token is valid; {@code exp} is required. */
    Validity check(Map<String, Object> claims) throws TokenFault {
        if (issuer != null && !issuer.equals(claims.get("iss"))) {
            throw new TokenFault(Reason.ISSUER);
        }
        if (!audiences.isEmpty()) {
            checkAudience(claims.get("aud"));
        }
        long expires = millis(claims.get("exp"));
        long notBefore = claims.containsKey("nbf") ? millis(claims.get("nbf")) : 0;
        if (claims.containsKey("iat")) {
            millis(claims.get("iat"));
        }
        return new Validity(notBefore - leeway, expires + leeway);
    }

    private void checkAudience(@Nullable Object claim) throws TokenFault {
        List<?> named = claim instanceof List<?> list ? list : claim instanceof String one ? List.of(one) : List.of();
        boolean ours = false;
        for (Object audience : named) {
            if (!(audience instanceof String)) {
                throw new TokenFault(Reason.AUDIENCE);
            }
            ours |= audiences.contains(audience);
        }
        if (!ours) {
            throw new TokenFault(Reason.AUDIENCE);
        }
    }

    /** A NumericDate, whole or not, from the epoch to the year 9999. */
    private static long millis(@Nullable Object claim) throws TokenFault {
        if (claim instanceof Long seconds && seconds >= 0 && seconds <= MAX_SECONDS) {
            return seconds * 1000;
        }
        if (claim instanceof Double seconds && seconds >= 0 && seconds <= MAX_SECONDS) {
            return (long) (seconds * 1000);
        }
        throw new TokenFault(Reason.CLAIMS);
    }
}
