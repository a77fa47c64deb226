package dev.lintel.metrics;

import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import java.util.List;

/** The filter of this module, for files that name it. Thread-safe. */
public final class MetricsFilters implements FilterKinds {

    /** For {@link java.util.ServiceLoader}. */
    public MetricsFilters() {}

    @Override
    public List<FilterKind> kinds() {
        return List.of(FilterKind.of(MetricsFilter::new));
    }
}
