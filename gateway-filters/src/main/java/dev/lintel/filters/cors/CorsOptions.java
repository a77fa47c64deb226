package dev.lintel.filters.cors;

import java.time.Duration;
import java.util.List;

/** The options of a {@link CorsFilter}; checked by its builder. */
record CorsOptions(
        Origins origins,
        List<String> methods,
        List<String> headers,
        List<String> exposedHeaders,
        boolean credentials,
        Duration maxAge) {

    static final CorsOptions NOBODY = new CorsOptions(
            Origins.NONE,
            CorsCatalogue.METHODS.otherwise(),
            List.of(),
            List.of(),
            false,
            CorsCatalogue.MAX_AGE.otherwise());
}
