package dev.lintel.filters.transform;

import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a {@link RequestTransformFilter}; checked by its builder.
 *
 * @param edits what is done to header fields
 * @param removeQuery the query parameters that are taken away
 * @param owned the fields that nobody outside may write, since this filter does
 */
record RequestTransformOptions(FieldEdits edits, List<String> removeQuery, HeaderSelector owned) {

    static final RequestTransformOptions NOTHING = of(FieldEdits.NONE, List.of());

    static RequestTransformOptions of(FieldEdits edits, List<String> removeQuery) {
        List<String> owned = new ArrayList<>();
        edits.set().forEach(field -> owned.add(field.name()));
        edits.rename().forEach(move -> owned.add(move.to()));
        edits.copy().forEach(move -> owned.add(move.to()));
        return new RequestTransformOptions(edits, List.copyOf(removeQuery), HeaderSelector.of(owned));
    }
}
