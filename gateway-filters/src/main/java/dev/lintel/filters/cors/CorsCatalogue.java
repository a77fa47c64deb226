package dev.lintel.filters.cors;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.HeaderSyntax;
import java.time.Duration;
import java.util.List;

/** What a {@link CorsFilter} can be told. */
final class CorsCatalogue {

    static final Option<List<String>> ORIGINS = Option.list(
                    "origins",
                    "origins",
                    Origins.RULE,
                    Origins::isEntry,
                    "whose pages may read: origins as browsers send them, `https://*.example.com` for all subdomains, `*` for"
                            + " all")
            .orInWords("")
            .required();

    /** By default what HTML forms can send anyway (Fetch standard, "CORS-safelisted method"). */
    static final Option<List<String>> METHODS = names("methods", "methods", "what preflights may ask for")
            .or(List.of("GET", "HEAD", "POST"))
            .orInWords("`GET`, `HEAD`, `POST`");

    static final Option<List<String>> HEADERS =
            names("headers", "field names", "the request fields that preflights may ask for");

    static final Option<List<String>> EXPOSED_HEADERS =
            names("exposedHeaders", "field names", "the response fields that pages may read beside the usual few");

    static final Option<Boolean> CREDENTIALS =
            Option.flag("credentials", false, "whether pages may send cookies and read the answers");

    static final Option<Duration> MAX_AGE = Option.seconds(
                    "maxAge",
                    Duration.ZERO,
                    Duration.ofDays(1),
                    "how long a browser may keep the answer to a preflight")
            .or(Duration.ofMinutes(10));

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "cors",
            "says which origins may read answers, and answers preflights",
            ORIGINS,
            METHODS,
            HEADERS,
            EXPOSED_HEADERS,
            CREDENTIALS,
            MAX_AGE);

    private CorsCatalogue() {}

    private static Option<List<String>> names(String name, String word, String meaning) {
        return Option.list(name, word, "a name", HeaderSyntax::isName, meaning);
    }
}
