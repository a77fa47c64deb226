package dev.lintel.filters.transform;

import dev.lintel.filter.Rehearsal;
import dev.lintel.request.HeaderSelector;
import java.util.List;

/**
 * What is done to header fields, in this order.
 *
 * @param remove taken away
 * @param rename given another name
 * @param copy written under another name too
 * @param set written in place of what there is
 * @param add written beside what there is
 */
record FieldEdits(HeaderSelector remove, List<Move> rename, List<Move> copy, List<Written> set, List<Written> add) {

    static final FieldEdits NONE = new FieldEdits(HeaderSelector.none(), List.of(), List.of(), List.of(), List.of());

    /** Has fields that are written with a text of the options not shown. */
    void concealIn(Rehearsal rehearsal) {
        for (Written field : set) {
            field.concealIn(rehearsal);
        }
        for (Written field : add) {
            field.concealIn(rehearsal);
        }
    }

    /** A field's lines under another name. */
    record Move(String from, HeaderSelector selector, String to) {
        Move(String from, String to) {
            this(from, HeaderSelector.of(from), to);
        }
    }

    /** A field that is written. */
    record Written(String name, Template value) {
        private void concealIn(Rehearsal rehearsal) {
            if (value.hasText()) {
                rehearsal.conceal(name);
            }
        }
    }
}
