package dev.lintel.filters.cache;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept under one key, the one that was asked for last first. Immutable.
 *
 * @param key the key
 * @param responses not empty
 */
record Variants(String key, List<StoredResponse> responses) {

    private static final Comparator<StoredResponse> LATEST =
            Comparator.comparingLong(StoredResponse::turn).reversed();

    static Variants of(String key, StoredResponse only) {
        return new Variants(key, List.of(only));
    }

    /** The newest one that is for a request, or null. */
    @Nullable
    StoredResponse select(HttpServletRequest request, Asked asked) {
        for (int i = 0; i < responses.size(); i++) {
            StoredResponse each = responses.get(i);
            if (each.selection().includes(request)
                    && each.way().isThatOf(asked.route(), asked.forwarded())
                    && (!asked.origins() || each.tellsOfOrigins())) {
                return each;
            }
        }
        return null;
    }

    /**
     * The same with one more, in place of those for the same requests; beyond a number and a weight those leave first
     * that are for unusual requests, of which anybody can make up as many as he likes, and then the oldest.
     *
     * @return null if that one itself is not among them: one for the same requests was asked for later, or there is no room
     */
    @Nullable
    Variants with(StoredResponse more, int most, long mostWeight) {
        List<StoredResponse> all = new ArrayList<>();
        all.add(more);
        for (StoredResponse each : responses) {
            if (!each.isForTheSameAs(more)) {
                all.add(each);
            } else if (each.turn() > more.turn()) {
                return null;
            }
        }
        all.sort(Comparator.comparing(StoredResponse::isUnusual).thenComparing(LATEST));
        List<StoredResponse> left = new ArrayList<>();
        long weight = bare();
        for (StoredResponse each : all) {
            if (left.isEmpty() || left.size() < most && weight + each.weight() <= mostWeight) {
                left.add(each);
                weight += each.weight();
            }
        }
        left.sort(LATEST);
        return left.contains(more) ? new Variants(key, List.copyOf(left)) : null;
    }

    /** The same without what is for the same requests as one and was asked for before a turn; null if nothing is left. */
    @Nullable
    Variants without(StoredResponse gone, long turn) {
        List<StoredResponse> left = responses.stream()
                .filter(each -> each.turn() >= turn || !each.isForTheSameAs(gone))
                .toList();
        return left.isEmpty() ? null : new Variants(key, left);
    }

    /** Whether one with that body is among them. */
    boolean have(StoredBody body) {
        return responses.stream().anyMatch(each -> each.body() == body);
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
        long weight = bare();
        for (StoredResponse each : responses) {
            weight += each.weight();
        }
        return weight;
    }

    private long bare() {
        return 200 + 2L * key.length();
    }
}
