package dev.lintel.filters.headers;

import dev.lintel.request.HeaderSelector;

/** The options of a {@link HeaderStripFilter}; checked by its builder. */
record HeaderStripOptions(HeaderSelector request, HeaderSelector response) {

    static final HeaderStripOptions NOTHING = new HeaderStripOptions(HeaderSelector.none(), HeaderSelector.none());
}
