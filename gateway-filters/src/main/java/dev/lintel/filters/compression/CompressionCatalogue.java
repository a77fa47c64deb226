package dev.lintel.filters.compression;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import java.util.List;
import java.util.regex.Pattern;

/** What a {@link CompressionFilter} can be told. */
final class CompressionCatalogue {

    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.-]+/(\\*|[A-Za-z0-9!#$&^_.+-]+)|\\*\\+[A-Za-z0-9!#$&^_.-]+");

    static final Option<List<String>> TYPES = Option.list(
                    "types",
                    "media types",
                    "type/subtype, type/* or *+suffix",
                    text -> TYPE.matcher(text).matches(),
                    "the media types that are coded; `text/event-stream` and gRPC never are")
            .or(List.of("text/*", "application/json", "*+json", "application/javascript", "application/xml", "*+xml"))
            .orInWords("`text/*`, `application/json`, `*+json`, `application/javascript`, `application/xml`, `*+xml`");

    static final Option<Long> MIN_SIZE = Option.size(
                    "minSize", 0, Long.MAX_VALUE, "answers that say they are shorter are left as they are")
            .or(1024L);

    static final OptionCatalogue ALL =
            OptionCatalogue.of("compression", "codes answers with gzip for clients that accept it", TYPES, MIN_SIZE);

    private CompressionCatalogue() {}
}
