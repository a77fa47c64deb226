package dev.lintel.filters.jwt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that may verify tokens at one moment. Immutable. */
final class KeySet {

    /** How many keys are tried for one token: each try costs a signature check, and the sender of a bad token pays none. */
    static final int MAX_CANDIDATES = 5;

    private final Set<VerificationKey> keys;
    private final List<VerificationKey> unnamed;
    private final Map<String, List<VerificationKey>> named;

    private KeySet(Set<VerificationKey> keys) {
        this.keys = keys;
        List<VerificationKey> unnamed = new ArrayList<>();
        Map<String, List<VerificationKey>> named = new HashMap<>();
        for (VerificationKey key : keys) {
            String id = key.id();
            (id == null ? unnamed : named.computeIfAbsent(id, i -> new ArrayList<>())).add(key);
        }
        this.unnamed = List.copyOf(unnamed);
        this.named = Map.copyOf(named);
    }

    static KeySet of(List<VerificationKey> keys) {
        return new KeySet(new LinkedHashSet<>(keys));
    }

    /**
     * This set with the very objects of {@code earlier} wherever the two hold equal keys, so that what was verified with
     * them is found by identity.
     */
    KeySet reusing(KeySet earlier) {
        Map<VerificationKey, VerificationKey> known = new HashMap<>();
        earlier.keys.forEach(key -> known.put(key, key));
        Set<VerificationKey> merged = new LinkedHashSet<>();
        keys.forEach(key -> merged.add(known.getOrDefault(key, key)));
        return new KeySet(merged);
    }

    /** Whether a token verified with {@code key} is still verified. */
    boolean holds(VerificationKey key) {
        return keys.contains(key);
    }

    /** Whether a key of exactly this id is here. */
    boolean names(String keyId) {
        return named.containsKey(keyId);
    }

    /**
     * The keys to try, at most {@value #MAX_CANDIDATES}: with a {@code kid}, those of that id and then those that have no
     * id; without one, all; of these only the ones made for the algorithm.
     */
    List<VerificationKey> candidates(JwtAlgorithm algorithm, @Nullable String keyId) {
        List<VerificationKey> found = new ArrayList<>(1);
        if (keyId == null) {
            collect(keys, algorithm, found);
        } else {
            collect(named.getOrDefault(keyId, List.of()), algorithm, found);
            collect(unnamed, algorithm, found);
        }
        return found;
    }

    private static void collect(Iterable<VerificationKey> from, JwtAlgorithm algorithm, List<VerificationKey> into) {
        for (VerificationKey key : from) {
            if (into.size() == MAX_CANDIDATES) {
                return;
            }
            if (key.supports(algorithm)) {
                into.add(key);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeySet that && keys.equals(that.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    int size() {
        return keys.size();
    }

    @Override
    public String toString() {
        return "KeySet" + keys;
    }
}
