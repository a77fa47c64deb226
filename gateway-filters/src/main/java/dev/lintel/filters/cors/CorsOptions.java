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

    /** What HTML forms can send anyway (Fetch standard, "CORS-safelisted method"). */
    static final List<String> SIMPLE_METHODS = List.of("GET", "HEAD", "POST");

    static final Duration MAX_AGE = Duration.ofMinutes(10);

    static final CorsOptions NOBODY =
            new CorsOptions(Origins.NONE, SIMPLE_METHODS, List.of(), List.of(), false, MAX_AGE);
}
