package dev.lintel.filters.bodylimit;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;

/** What a {@link BodyLimitFilter} can be told. */
final class BodyLimitCatalogue {

    static final Option<Long> MAX_SIZE = Option.size(
                    "maxSize", 0, Long.MAX_VALUE, "the longest body allowed; `0` for none at all")
            .or(10L << 20);

    static final OptionCatalogue ALL =
            OptionCatalogue.of("bodyLimit", "refuses request bodies that are too long", MAX_SIZE);

    private BodyLimitCatalogue() {}
}
