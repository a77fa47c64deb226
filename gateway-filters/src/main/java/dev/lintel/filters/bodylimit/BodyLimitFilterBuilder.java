package dev.lintel.filters.bodylimit;

import dev.lintel.option.Problems;

/** Describes a {@link BodyLimitFilter}. Not thread-safe. */
public final class BodyLimitFilterBuilder {

    private long maxSize = BodyLimitCatalogue.MAX_SIZE.otherwise();

    BodyLimitFilterBuilder() {}

    /** The longest body allowed, in bytes; zero for none at all. 10 MiB by default. */
    public BodyLimitFilterBuilder maxSize(long bytes) {
        this.maxSize = bytes;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public BodyLimitFilter build() {
        Problems problems = new Problems();
        BodyLimitOptions options = options(problems);
        problems.throwIfAny("BodyLimitFilter");
        return new BodyLimitFilter(options);
    }

    BodyLimitOptions options(Problems problems) {
        BodyLimitCatalogue.MAX_SIZE.check(maxSize, problems);
        return new BodyLimitOptions(maxSize);
    }
}
