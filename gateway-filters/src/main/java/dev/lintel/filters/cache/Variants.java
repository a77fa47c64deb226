package dev.lintel.filters.cache;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept under one key, the newest first. Immutable.
 *
 * @param key the key
 * @param responses not empty
 */
record Variants(String key, List<StoredResponse> responses) {

    static Variants of(String key, StoredResponse only) {
        return new Variants(key, List.of(only));
    }

    /** The newest one that is for a request, or null. */
    @Nullable
    StoredResponse select(HttpServletRequest request, Way way) {
        for (int i = 0; i < responses.size(); i++) {
            StoredResponse each = responses.get(i);
            if (each.selection().includes(request) && each.way().equals(way)) {
                return each;
            }
        }
        return null;
    }

    /** The same with one more, in place of those for the same requests; the oldest leave beyond a number and a weight. */
    Variants with(StoredResponse newest, int most, long mostWeight) {
        List<StoredResponse> all = new ArrayList<>();
        all.add(newest);
        long weight = Variants.of(key, newest).weight();
        for (StoredResponse each : responses) {
            boolean same =
                    each.selection().equals(newest.selection()) && each.way().equals(newest.way());
            if (!same && all.size() < most && weight + each.weight() <= mostWeight) {
                all.add(each);
                weight += each.weight();
            }
        }
        return new Variants(key, List.copyOf(all));
    }

    /** The same without one; null if no other is left. */
    @Nullable
    Variants without(StoredResponse gone) {
        List<StoredResponse> left =
                responses.stream().filter(each -> !each.equals(gone)).toList();
        return left.isEmpty() ? null : new Variants(key, left);
    }

    boolean areOfUse(long nowNanos) {
        for (int i = 0; i < responses.size(); i++) {
            if (responses.get(i).isOfUse(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** About how many bytes they take. */
    long weight() {
        long weight = 200 + 2L * key.length();
        for (StoredResponse each : responses) {
            weight += each.weight();
        }
        return weight;
    }
}
