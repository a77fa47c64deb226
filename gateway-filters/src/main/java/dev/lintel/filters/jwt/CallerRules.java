package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.HeaderValues.UnsafeClaim;
import dev.lintel.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which claims say who is calling and what that caller must be allowed. Immutable.
 *
 * @param subjectClaim the claim, or path, with the caller's id
 * @param rolesClaim the claim, or path, with the roles: an array, or a text that is one role
 * @param scopeClaims where scopes are looked for, the first present one counts: an array, or a text of names with spaces
 *     between
 * @param requiredScopes scopes that the caller must have; empty for none
 * @param requiredRoles roles that the caller must have; empty for none
 * @param match whether one of each list is enough
 * @param forwarded further claims to pass on
 */
record CallerRules(
        String subjectClaim,
        String rolesClaim,
        List<String> scopeClaims,
        List<String> requiredScopes,
        List<String> requiredRoles,
        Match match,
        List<ClaimHeader> forwarded) {

    CallerRules {
        scopeClaims = List.copyOf(scopeClaims);
        requiredScopes = List.copyOf(requiredScopes);
        requiredRoles = List.copyOf(requiredRoles);
        forwarded = List.copyOf(forwarded);
    }

    /** The caller's id. */
    String subject(Map<String, Object> claims) throws TokenFault {
        if (Caller.claimIn(claims, subjectClaim) instanceof String subject && !subject.isEmpty()) {
            return subject;
        }
        throw new TokenFault(TokenFault.Reason.SUBJECT);
    }

    /** The caller's roles, in their order; a role is never cut at spaces. */
    List<String> roles(Map<String, Object> claims) throws UnsafeClaim {
        Object value = Caller.claimIn(claims, rolesClaim);
        return value instanceof String one ? List.of(one) : listed(value);
    }

    /** The caller's scopes, in their order (RFC 8693 section 4.2). */
    List<String> scopes(Map<String, Object> claims) throws UnsafeClaim {
        for (String claim : scopeClaims) {
            Object value = Caller.claimIn(claims, claim);
            if (value != null) {
                return value instanceof String text ? words(text) : listed(value);
            }
        }
        return List.of();
    }

    private static List<String> listed(@Nullable Object value) throws UnsafeClaim {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return ClaimHeader.texts(list);
        }
        throw new UnsafeClaim();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
