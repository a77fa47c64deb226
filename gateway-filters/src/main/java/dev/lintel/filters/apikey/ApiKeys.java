package dev.lintel.filters.apikey;

import dev.lintel.identity.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that are accepted and whose they are. Immutable and thread-safe. */
final class ApiKeys {

    /** How callers verified by a key are marked ({@link Caller#kind()}). */
    static final String KIND = "api-key";

    private static final ApiKeys NONE = new ApiKeys(Map.of());

    private final Map<KeyDigest, StoredKey> keys;

    private ApiKeys(Map<KeyDigest, StoredKey> keys) {
        this.keys = keys;
    }

    private record StoredKey(KeyDigest digest, Caller caller) {}

    /** No key at all: nobody is accepted. */
    static ApiKeys none() {
        return NONE;
    }

    /** Keys by digest, with the consumer of each. */
    static ApiKeys of(Map<KeyDigest, String> consumers) {
        Map<KeyDigest, StoredKey> keys = new HashMap<>(consumers.size() * 2);
        consumers.forEach((digest, consumer) -> keys.put(digest, new StoredKey(digest, caller(digest, consumer))));
        return new ApiKeys(keys);
    }

    /**
     * The caller that a key belongs to, or null. The map finds by a digest, which its sender cannot steer, and whatever it
     * found is compared in constant time, so that the time taken tells nothing of the keys that exist.
     */
    @Nullable
    Caller find(KeyDigest digest) {
        StoredKey stored = keys.get(digest);
        boolean same = digest.isSame(stored == null ? null : stored.digest);
        return same && stored != null ? stored.caller : null;
    }

    int size() {
        return keys.size();
    }

    private static Caller caller(KeyDigest digest, String consumer) {
        return new Caller(KIND, consumer, consumer, List.of(), List.of(), Map.of(), digest.fingerprint());
    }
}
