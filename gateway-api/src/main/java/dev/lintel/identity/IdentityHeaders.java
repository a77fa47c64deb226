package dev.lintel.identity;

import dev.lintel.request.HeaderSelector;
import java.util.List;

/**
 * The header fields in which services learn who is calling. They belong to the gateway: removed from every incoming
 * request, in every spelling, and written by it alone. Immutable and thread-safe.
 *
 * @param userId the field for the caller's id
 * @param userRole the field for the caller's roles, joined with {@code ,}
 */
public record IdentityHeaders(String userId, String userRole) {

    /** {@code X-User-ID} and {@code X-User-Role}. */
    public static final IdentityHeaders DEFAULT = new IdentityHeaders("X-User-ID", "X-User-Role");

    /** Asked for by every request that a filter sees alone. */
    private static final HeaderSelector DEFAULT_SELECTOR = HeaderSelector.of(List.of(DEFAULT.userId, DEFAULT.userRole));

    /** Checks that both are field names, and not the same one in two spellings. */
    public IdentityHeaders {
        HeaderSelector.of(userId, userRole);
        boolean prefix = userId.endsWith("*") || userRole.endsWith("*");
        if (prefix || HeaderSelector.sameFolded(userId, userRole)) {
            throw new IllegalArgumentException(
                    "identityHeaders: " + userId + ", " + userRole + " (expected: two different field names)");
        }
    }

    /** Both fields, in every spelling. */
    public HeaderSelector selector() {
        return equals(DEFAULT) ? DEFAULT_SELECTOR : HeaderSelector.of(List.of(userId, userRole));
    }
}
