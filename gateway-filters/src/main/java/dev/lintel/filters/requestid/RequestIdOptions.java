package dev.lintel.filters.requestid;

import dev.lintel.filters.requestid.RequestIdFilter.Accept;
import dev.lintel.filters.requestid.RequestIdFilter.Generator;

/** The options of a {@link RequestIdFilter}; checked by its builder. */
record RequestIdOptions(String header, Accept accept, Generator generator, boolean echo) {

    static final RequestIdOptions DEFAULT = new RequestIdOptions(
            RequestIdCatalogue.HEADER.otherwise(),
            RequestIdCatalogue.ACCEPT.otherwise(),
            RequestIdCatalogue.GENERATOR.otherwise(),
            RequestIdCatalogue.ECHO.otherwise());
}
