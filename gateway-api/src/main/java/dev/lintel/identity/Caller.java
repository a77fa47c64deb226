package dev.lintel.identity;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as an authenticating filter has verified it. Immutable and thread-safe. Holds no credential: what it
 * knows of one is a hash.
 *
 * @param kind how the caller was verified, for example {@code jwt} or {@code api-key}
 * @param subject the caller's id; for a token its subject claim, for a key its consumer
 * @param consumer the consumer that a key belongs to, or null
 * @param roles the roles that were found
 * @param scopes the scopes that were found
 * @param claims everything else that was verified: JSON values as {@code String}, {@code Number}, {@code Boolean},
 *     {@code List} and {@code Map}
 * @param credentialHash a hash that tells one credential from another, without being one; or null
 */
public record Caller(
        String kind,
        String subject,
        @Nullable String consumer,
        List<String> roles,
        List<String> scopes,
        Map<String, Object> claims,
        @Nullable String credentialHash) {

    /** Copies the collections, claims to their depth; a claim that is null is none. */
    public Caller {
        requireNonNull(kind, "kind");
        requireNonNull(subject, "subject");
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        claims = Claims.copy(claims);
    }

    /**
     * A claim by name, or by a path of names joined with dots ({@code realm_access.roles}). A name may itself have dots,
     * as a URL has: the longest name that leads to a value is taken.
     *
     * @param path the claim's name or path
     * @return the value, or null if there is none
     */
    public @Nullable Object claim(String path) {
        return claimIn(claims, path);
    }

    /** The same as {@link #claim} for any tree of claims. */
    public static @Nullable Object claimIn(Map<String, Object> claims, String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return whole;
        }
        for (int dot = path.lastIndexOf('.'); dot >= 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                @SuppressWarnings("unchecked") // JSON objects have string names
                Map<String, Object> below = (Map<String, Object>) inner;
                Object found = claimIn(below, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Whether every one of some roles is the caller's. */
    public boolean hasRoles(Collection<String> wanted) {
        return roles.containsAll(wanted);
    }

    /**
     * What two credentials of one subject tell together: what this one says, and what the other says where this one says
     * nothing.
     *
     * @param other the same subject by another credential
     * @throws IllegalArgumentException if it is another subject
     */
    public Caller and(Caller other) {
        if (!subject.equals(other.subject)) {
            throw new IllegalArgumentException("subject: not shown (expected: the same in both callers)");
        }
        if (equals(other)) {
            return this;
        }
        return new Caller(
                kind,
                subject,
                consumer == null ? other.consumer : consumer,
                roles.isEmpty() ? other.roles : roles,
                scopes.isEmpty() ? other.scopes : scopes,
                claims.isEmpty() ? other.claims : claims,
                credentialHash == null ? other.credentialHash : credentialHash);
    }

    /** Names the caller without claims or credentials. */
    @Override
    public String toString() {
        return kind + " " + subject;
    }
}
