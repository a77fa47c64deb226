package dev.lintel.filters.transform;

import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import java.util.List;

/**
 * Describes a {@link ResponseTransformFilter}. Values are templates over the request, as in
 * {@link RequestTransformFilterBuilder}. Not thread-safe.
 */
public final class ResponseTransformFilterBuilder {

    private final EditCollector edits = new EditCollector(FieldNames::checkResponse);

    ResponseTransformFilterBuilder() {}

    /** Takes fields away that the destination says, in every spelling. */
    public ResponseTransformFilterBuilder remove(String... fields) {
        edits.remove(List.of(fields));
        return this;
    }

    /** Gives a field of the destination another name, in every spelling. Not {@code Content-Type} and {@code Set-Cookie}. */
    public ResponseTransformFilterBuilder rename(String from, String to) {
        edits.rename(from, to);
        return this;
    }

    /** Writes a field of the destination under another name too. Not {@code Content-Type} and {@code Set-Cookie}. */
    public ResponseTransformFilterBuilder copy(String from, String to) {
        edits.copy(from, to);
        return this;
    }

    /** Writes a field in place of what the destination says, if there is a value. */
    public ResponseTransformFilterBuilder set(String field, String template) {
        edits.set(field, template);
        return this;
    }

    /** Writes a line of a field beside those that the destination says. */
    public ResponseTransformFilterBuilder add(String field, String template) {
        edits.add(field, template);
        return this;
    }

    ResponseTransformFilterBuilder read(OptionReader params) {
        edits.read(params);
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public ResponseTransformFilter build() {
        Problems problems = new Problems();
        FieldEdits checked = options(problems);
        problems.throwIfAny("ResponseTransformFilter");
        return new ResponseTransformFilter(checked);
    }

    FieldEdits options(Problems problems) {
        problems.require(
                !edits.isEmpty() || !problems.isEmpty(),
                "set",
                "none",
                "at least one edit here or in add, remove, rename or copy");
        FieldEdits checked = edits.checked(problems);
        checked.rename().forEach(move -> movable("rename", move, problems));
        checked.copy().forEach(move -> movable("copy", move, problems));
        return checked;
    }

    private static void movable(String option, FieldEdits.Move move, Problems problems) {
        boolean fixed = FieldNames.isWrittenByContainers(move.from()) || FieldNames.isWrittenByContainers(move.to());
        problems.require(!fixed, option + "." + move.from(), move.to(), "neither Content-Type nor Set-Cookie");
    }
}
