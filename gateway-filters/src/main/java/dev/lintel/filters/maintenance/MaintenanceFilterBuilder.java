package dev.lintel.filters.maintenance;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Problems;
import dev.lintel.request.AddressBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a {@link MaintenanceFilter}: any one of its causes turns maintenance on. Not thread-safe. */
public final class MaintenanceFilterBuilder {

    private boolean enabled = MaintenanceCatalogue.ENABLED.otherwise();
    private @Nullable MaintenanceSwitch toggle;
    private @Nullable Path file;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private Duration retryAfter = MaintenanceCatalogue.RETRY_AFTER.otherwise();
    private final List<String> allow = new ArrayList<>();
    private String detail = MaintenanceCatalogue.DETAIL.otherwise();

    MaintenanceFilterBuilder() {}

    /** Whether it is on for good; it is not by default. */
    public MaintenanceFilterBuilder enabled(boolean on) {
        this.enabled = on;
        return this;
    }

    /** Turned on and off by this. */
    public MaintenanceFilterBuilder switchedBy(MaintenanceSwitch by) {
        this.toggle = requireNonNull(by, "by");
        return this;
    }

    /** On while this file exists; seen within about a second. */
    public MaintenanceFilterBuilder file(Path flag) {
        this.file = requireNonNull(flag, "flag");
        return this;
    }

    /** When it begins by itself; without {@link #to} it does not end by itself. */
    public MaintenanceFilterBuilder from(Instant begin) {
        this.from = requireNonNull(begin, "begin");
        return this;
    }

    /** When it ends by itself; without {@link #from} it has begun. Clients are told. */
    public MaintenanceFilterBuilder to(Instant end) {
        this.to = requireNonNull(end, "end");
        return this;
    }

    /** When clients are to try again where the end is not known, in whole seconds; 5 minutes by default. */
    public MaintenanceFilterBuilder retryAfter(Duration wait) {
        this.retryAfter = requireNonNull(wait, "wait");
        return this;
    }

    /** Serves these clients all the same: addresses, or networks such as {@code 10.0.0.0/8}. */
    public MaintenanceFilterBuilder allow(String... blocks) {
        allow.addAll(List.of(blocks));
        return this;
    }

    /** One sentence for a person. */
    public MaintenanceFilterBuilder detail(String sentence) {
        this.detail = requireNonNull(sentence, "sentence");
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public MaintenanceFilter build() {
        Problems problems = new Problems();
        MaintenanceOptions options = options(problems);
        problems.throwIfAny("MaintenanceFilter");
        return new MaintenanceFilter(options);
    }

    MaintenanceOptions options(Problems problems) {
        boolean caused = enabled || toggle != null || file != null || from != null || to != null;
        problems.require(
                caused || !problems.isEmpty(),
                "enabled",
                false,
                "true, or a file, from, to or a switch that turns it on");
        boolean ordered = from == null || to == null || from.isBefore(to);
        problems.require(ordered, "to", String.valueOf(to), "later than from");
        MaintenanceCatalogue.RETRY_AFTER.check(retryAfter, problems);
        MaintenanceCatalogue.DETAIL.check(detail, problems);
        List<AddressBlock> blocks = MaintenanceCatalogue.ALLOW.check(allow, problems)
                ? allow.stream().map(AddressBlock::parse).toList()
                : List.of();
        return new MaintenanceOptions(enabled, toggle, file, from, to, retryAfter, blocks, detail);
    }
}
