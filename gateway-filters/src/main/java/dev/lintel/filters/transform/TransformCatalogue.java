package dev.lintel.filters.transform;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSyntax;
import java.util.List;
import java.util.Map;

/** What a {@link RequestTransformFilter} and a {@link ResponseTransformFilter} can be told. */
final class TransformCatalogue {

    static final Option<List<String>> REMOVE =
            Option.list("remove", "field names", "a field name", HeaderSyntax::isName, "taken away");
    static final Option<Map<String, String>> RENAME =
            Option.texts("rename", "field", "field name", "the lines of a field under another name");
    static final Option<Map<String, String>> COPY =
            Option.texts("copy", "field", "field name", "the lines of a field under another name too");
    static final Option<Map<String, String>> SET =
            Option.texts("set", "field", "template", "written in place of what there is");
    static final Option<Map<String, String>> ADD =
            Option.texts("add", "field", "template", "written beside what there is");

    // services write a space in two ways, of which one would be found
    static final Option<List<String>> REMOVE_QUERY = Option.list(
            "removeQuery",
            "parameter names",
            "a name without spaces",
            name -> !name.isEmpty() && name.indexOf(' ') < 0,
            "taken out of the query; the rest keeps every byte");

    static final OptionCatalogue REQUEST = OptionCatalogue.of(
            "requestTransform",
            "changes header fields of requests, and takes parameters out of queries",
            REMOVE,
            RENAME,
            COPY,
            SET,
            ADD,
            REMOVE_QUERY);

    static final OptionCatalogue RESPONSE = OptionCatalogue.of(
            "responseTransform", "changes header fields of responses", REMOVE, RENAME, COPY, SET, ADD);

    private TransformCatalogue() {}
}
