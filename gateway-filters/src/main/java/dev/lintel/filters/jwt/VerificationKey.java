package dev.lintel.filters.jwt;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One key and the algorithms it may be used with. Two keys are equal when id, material and algorithms are, so that a
 * token verified before a refresh stays verified if its key is still there. Immutable.
 */
final class VerificationKey {

    private final @Nullable String id;
    private final Object material;
    private final Map<JwtAlgorithm, SignatureCheck> checks;
    private final int hash;

    /**
     * @param id the {@code kid}; null when the key has none, which lets it answer for every {@code kid}
     * @param material what makes the key this key: a {@link java.security.PublicKey}, or for a secret an object equal to
     *     none other
     * @param checks one check for each algorithm the key may be used with; not empty
     */
    VerificationKey(@Nullable String id, Object material, Map<JwtAlgorithm, SignatureCheck> checks) {
        this.id = id;
        this.material = material;
        this.checks = Map.copyOf(checks);
        this.hash = Objects.hash(id, material, this.checks.keySet());
    }

    @Nullable
    String id() {
        return id;
    }

    Set<JwtAlgorithm> algorithms() {
        return checks.keySet();
    }

    boolean supports(JwtAlgorithm algorithm) {
        return checks.containsKey(algorithm);
    }

    /** Whether this key signed {@code token} with the algorithm the token names; false when the key may not use it. */
    boolean verifies(CompactToken token) {
        SignatureCheck check = checks.get(token.algorithm());
        return check != null && check.verifies(token.signingInput(), token.signature());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof VerificationKey that
                && hash == that.hash
                && Objects.equals(id, that.id)
                && material.equals(that.material)
                && algorithms().equals(that.algorithms());
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Names the id and the algorithms, never the material. */
    @Override
    public String toString() {
        return "VerificationKey[" + id + ", " + checks.keySet() + "]";
    }
}
