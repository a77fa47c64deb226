package dev.lintel.filters.headers;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSelector;
import java.util.List;

/** What a {@link HeaderStripFilter} can be told. */
final class HeaderStripCatalogue {

    static final Option<List<String>> REQUEST_HEADERS = fields("requestHeaders", "removed from requests");
    static final Option<List<String>> RESPONSE_HEADERS = fields("responseHeaders", "removed from responses");

    static final OptionCatalogue ALL =
            OptionCatalogue.of("headerStrip", "removes header fields", REQUEST_HEADERS, RESPONSE_HEADERS);

    private HeaderStripCatalogue() {}

    private static Option<List<String>> fields(String name, String meaning) {
        return Option.list(
                name,
                "field names, or prefixes with `*`",
                "a field name, or a prefix followed by *",
                HeaderSelector::isPattern,
                meaning);
    }
}
