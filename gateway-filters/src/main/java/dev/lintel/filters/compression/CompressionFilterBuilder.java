package dev.lintel.filters.compression;

import dev.lintel.option.Problems;
import java.util.List;
import java.util.Locale;

/** Describes a {@link CompressionFilter}. Not thread-safe. */
public final class CompressionFilterBuilder {

    private List<String> types = CompressionCatalogue.TYPES.otherwise();
    private long minSize = CompressionCatalogue.MIN_SIZE.otherwise();

    CompressionFilterBuilder() {}

    /** The media types that are coded: {@code type/subtype}, {@code type/*} or {@code *+suffix}; texts by default. */
    public CompressionFilterBuilder types(String... patterns) {
        return types(List.of(patterns));
    }

    /** The same as a list. */
    public CompressionFilterBuilder types(List<String> patterns) {
        this.types = List.copyOf(patterns);
        return this;
    }

    /** Answers that declare fewer bytes are left as they are; 1 KiB by default. */
    public CompressionFilterBuilder minSize(long bytes) {
        this.minSize = bytes;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public CompressionFilter build() {
        Problems problems = new Problems();
        CompressionOptions options = options(problems);
        problems.throwIfAny("CompressionFilter");
        return new CompressionFilter(options);
    }

    CompressionOptions options(Problems problems) {
        CompressionCatalogue.TYPES.check(types, problems);
        CompressionCatalogue.MIN_SIZE.check(minSize, problems);
        return new CompressionOptions(
                types.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList(), minSize);
    }
}
