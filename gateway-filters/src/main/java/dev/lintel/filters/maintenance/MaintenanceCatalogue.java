package dev.lintel.filters.maintenance;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.request.AddressBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a {@link MaintenanceFilter} can be told. */
final class MaintenanceCatalogue {

    static final Option<Boolean> ENABLED = Option.flag("enabled", false, "on for good");
    static final Option<Path> FILE =
            Option.file("file", "on while the file exists").orInWords("none");
    static final Option<Instant> FROM =
            Option.instant("from", "begins by itself then").orInWords("none");
    static final Option<Instant> TO =
            Option.instant("to", "ends by itself then").orInWords("none");
    static final Option<Duration> RETRY_AFTER = Option.seconds(
                    "retryAfter",
                    Duration.ofSeconds(1),
                    Option.LONGEST,
                    "what clients are told where the end is not known")
            .or(Duration.ofMinutes(5));
    static final Option<List<String>> ALLOW = AddressBlock.option("allow", "who is served all the same");
    static final Option<String> DETAIL = Option.text(
                    "detail",
                    "text",
                    "1 to 500 characters",
                    text -> !text.isBlank() && text.length() <= 500,
                    "one sentence for a person, in the problem")
            .or("The service is being maintained.");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "maintenance",
            "refuses requests while services are maintained",
            ENABLED,
            FILE,
            FROM,
            TO,
            RETRY_AFTER,
            ALLOW,
            DETAIL);

    private MaintenanceCatalogue() {}
}
