package dev.lintel.filters.cache;

import dev.lintel.HeaderField;
import dev.lintel.filters.cache.CacheControl.Flag;
import dev.lintel.filters.cache.CacheControl.Seconds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that is kept whole. Immutable: one that is confirmed is another.
 *
 * @param status its status
 * @param fields its fields, without those that are of the one exchange or told anew: length and age
 * @param body all of its body
 * @param freshness how old it is and may become
 * @param control what it says of caches
 * @param validators by what it is told whether it is still right
 * @param selection which requests it is for
 * @param way on which way it came
 * @param turn when it was asked for, as the store counts
 */
record StoredResponse(
        int status,
        List<HeaderField> fields,
        StoredBody body,
        Freshness freshness,
        CacheControl control,
        Validators validators,
        Selection selection,
        Way way,
        long turn) {

    /** What the objects take beside their texts and bytes, or a little more. */
    private static final long OVERHEAD = 600;

    /** The same with a body. */
    StoredResponse with(StoredBody whole) {
        return new StoredResponse(status, fields, whole, freshness, control, validators, selection, way, turn);
    }

    /** The same without what is of one exchange alone. */
    StoredResponse ofMany() {
        List<HeaderField> left = StorageRules.ofMany(fields);
        return new StoredResponse(status, left, body, freshness, control, validators, selection, way, turn);
    }

    /** Whether it is for requests that say of themselves what most do not: how they came, what shape they want, or from which origin. */
    boolean isUnusual() {
        return !way.forwarded().isEmpty() || selection.isOfAnOrigin();
    }

    /** Whether it says which origins may read it, or is for one alone: else it may be that it only does not say so since nobody asked. */
    boolean tellsOfOrigins() {
        return selection.goesByOrigin() || ResponseHead.first(fields, "Access-Control-Allow-Origin") != null;
    }

    /** Whether it is for the same requests as another. */
    boolean isForTheSameAs(StoredResponse other) {
        return selection.equals(other.selection) && way.equals(other.way);
    }

    /**
     * Whether the head of a 304 is about this one and no other (RFC 9111 section 4.3.4). The mark of a weak tag makes no difference: what it
     * is asked about by may be weak (RFC 9110 section 13.1.2).
     */
    boolean isMeantBy(List<HeaderField> head, Instant now) {
        List<String> tags = ResponseHead.lines(head, "ETag");
        if (!tags.isEmpty()) {
            List<String> own = ResponseHead.lines(fields, "ETag");
            return tags.size() == 1
                    && own.size() == 1
                    && Validators.opaque(tags.get(0)).equals(Validators.opaque(own.get(0)));
        }
        String changed = ResponseHead.first(head, "Last-Modified");
        String own = ResponseHead.first(fields, "Last-Modified");
        if (changed == null || changed.equals(own)) {
            return true;
        }
        Long date = HttpDate.parse(changed, now);
        return date != null && date.equals(HttpDate.parse(own, now));
    }

    /** Whether it may be answered without asking. */
    boolean isFresh(long nowNanos) {
        return !control.says(Flag.NO_CACHE) && freshness.left(nowNanos) > 0;
    }

    /** Whether it may be answered in place of an error (RFC 5861 section 4). */
    boolean standsInForErrors(long nowNanos) {
        return control.has(Seconds.STALE_IF_ERROR)
                && !control.forbidsStale()
                && -freshness.left(nowNanos) <= control.seconds(Seconds.STALE_IF_ERROR);
    }

    /** Whether it will be of use again: fresh, or to be asked about. */
    boolean isOfUse(long nowNanos) {
        return isFresh(nowNanos) || validators.areAny() || standsInForErrors(nowNanos);
    }

    /** About how many bytes it takes. */
    long weight() {
        long weight = OVERHEAD
                + body.length()
                + selection.weight()
                + 2L * way.forwarded().length();
        for (HeaderField field : fields) {
            weight += 64 + 2L * (field.name().length() + field.value().length());
        }
        return weight;
    }

    /** Its fields with those of an answer that confirms it in place of its own (RFC 9111 section 3.2). */
    List<HeaderField> confirmedBy(List<HeaderField> confirming) {
        List<HeaderField> all = new ArrayList<>();
        for (HeaderField field : fields) {
            if (!isReplaced(field.name(), confirming)) {
                all.add(field);
            }
        }
        for (HeaderField field : confirming) {
            if (!StorageRules.isOfBody(field.name())) {
                all.add(field);
            }
        }
        return all;
    }

    private static boolean isReplaced(String name, List<HeaderField> confirming) {
        return !StorageRules.isOfBody(name) && ResponseHead.first(confirming, name) != null;
    }
}
