package dev.lintel;

import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Warns about filters in an order that is probably not meant. */
final class FilterOrder {

    private FilterOrder() {}

    static List<String> warnings(List<Filter> filters, List<Route> routes) {
        Set<String> warnings = new LinkedHashSet<>();
        check("every request", filters, 0, warnings);
        for (Route route : routes) {
            List<Filter> chain = new ArrayList<>(filters);
            chain.addAll(route.filters());
            check("route " + route.name(), chain, filters.size(), warnings);
        }
        return List.copyOf(warnings);
    }

    /** Warns of filters from an index on; those before have been warned of. */
    private static void check(String where, List<Filter> chain, int from, Set<String> warnings) {
        Filter latest = null;
        Filter keeping = null;
        for (int i = 0; i < chain.size(); i++) {
            Filter filter = chain.get(i);
            Stage stage = stageOf(filter);
            if (stage == null) {
                if (keeping != null && i >= from) {
                    warnings.add(
                            where + ": " + name(filter) + " after " + name(keeping)
                                    + " (expected: before it, if it may refuse a request: what is kept is answered without asking it)");
                }
                continue;
            }
            if (filter instanceof FilterTraits traits && traits.answersForOthers()) {
                keeping = filter;
            }
            Stage before = latest == null ? null : stageOf(latest);
            if (latest != null && before != null && before.compareTo(stage) > 0) {
                if (i >= from) {
                    warnings.add(where + ": " + name(filter) + " after " + name(latest) + " (expected: " + stage
                            + " before " + before + ")");
                }
            } else {
                latest = filter;
            }
        }
    }

    private static @Nullable Stage stageOf(Filter filter) {
        return filter instanceof FilterTraits traits ? traits.stage() : null;
    }

    private static String name(Filter filter) {
        return filter.getClass().getSimpleName();
    }
}
