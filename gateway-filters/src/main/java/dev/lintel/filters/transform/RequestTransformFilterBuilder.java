package dev.lintel.filters.transform;

import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a {@link RequestTransformFilter}. Whatever the order of calls, edits are done in this one: remove, rename, copy, set,
 * add. Values are templates: {@code ${request.id}}, {@code ${client.address}}, {@code ${route}}, {@code ${method}},
 * {@code ${scheme}}, {@code ${host}}, {@code ${path}}, {@code ${subject}}, {@code ${consumer}}, {@code ${claim.name}},
 * {@code ${header.name}}. Not thread-safe.
 */
public final class RequestTransformFilterBuilder {

    private final EditCollector edits = new EditCollector(FieldNames::checkRequest);
    private final List<String> removeQuery = new ArrayList<>();

    RequestTransformFilterBuilder() {}

    /** Takes fields away that come from outside, in every spelling. */
    public RequestTransformFilterBuilder remove(String... fields) {
        edits.remove(List.of(fields));
        return this;
    }

    /** Gives the lines of a field another name; what comes from outside under that name is dropped. */
    public RequestTransformFilterBuilder rename(String from, String to) {
        edits.rename(from, to);
        return this;
    }

    /** Writes the lines of a field under another name too; what comes from outside under that name is dropped. */
    public RequestTransformFilterBuilder copy(String from, String to) {
        edits.copy(from, to);
        return this;
    }

    /** Writes a field; what comes from outside under its name is dropped, whether or not there is a value. */
    public RequestTransformFilterBuilder set(String field, String template) {
        edits.set(field, template);
        return this;
    }

    /** Writes a line of a field beside those that come from outside. */
    public RequestTransformFilterBuilder add(String field, String template) {
        edits.add(field, template);
        return this;
    }

    /** Takes parameters out of the query; the rest of it keeps every byte. */
    public RequestTransformFilterBuilder removeQuery(String... parameters) {
        removeQuery.addAll(List.of(parameters));
        return this;
    }

    RequestTransformFilterBuilder read(OptionReader params) {
        edits.read(params);
        removeQuery.addAll(params.value(TransformCatalogue.REMOVE_QUERY));
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public RequestTransformFilter build() {
        Problems problems = new Problems();
        RequestTransformOptions options = options(problems);
        problems.throwIfAny("RequestTransformFilter");
        return new RequestTransformFilter(options);
    }

    RequestTransformOptions options(Problems problems) {
        problems.require(
                !edits.isEmpty() || !removeQuery.isEmpty() || !problems.isEmpty(),
                "set",
                "none",
                "at least one edit here or in add, remove, rename, copy or removeQuery");
        TransformCatalogue.REMOVE_QUERY.check(removeQuery, problems);
        return RequestTransformOptions.of(edits.checked(problems), removeQuery);
    }
}
