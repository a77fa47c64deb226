package dev.lintel.filters.anyof;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.OptionType;
import java.util.List;

/** What an {@link AnyOfFilter} can be told. */
final class AnyOfCatalogue {

    static final Option<List<String>> FILTERS = Option.list(
                    "filters",
                    "names",
                    "different names without dots",
                    name -> name.indexOf('.') < 0,
                    "the filters, in the order in which they decide: names of your own, or those of kinds, such as `jwt` and `apiKey`")
            .orInWords("those that have options, in the order of those")
            .inCode("anyOf");

    /** Any other name is that of a filter. */
    static final Option<OptionReader> FILTER = Option.of(
                    "name",
                    new OptionType.Anything("options"),
                    "the options of one of the filters, and its `class` unless the name is that of a kind")
            .inCode("anyOf");

    static final OptionCatalogue ALL = OptionCatalogue.of(
                    "anyOf", "lets requests pass that carry one of several kinds of credentials", FILTERS)
            .withOthers(FILTER);

    private AnyOfCatalogue() {}
}
