package dev.lintel.filters.cache;

import dev.lintel.Destination;
import dev.lintel.Route;
import dev.lintel.request.PathRewrite;
import jakarta.servlet.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which way an answer comes: one that came on another may be another, though the URL is the same. Of two gateways, of which one
 * replaced the other, the way is the same as long as the route leads to the same. Immutable.
 *
 * @param route the name of the route; null for none
 * @param destination where it leads
 * @param rewrite what becomes of the path
 * @param filters the kinds of filters of the route: one that has come to guard it must not be passed by with what was kept before
 * @param forwarded what the request says of how it came and in what shape it wants its answer, in one text
 */
record Way(
        @Nullable String route,
        @Nullable Destination destination,
        @Nullable PathRewrite rewrite,
        List<String> filters,
        String forwarded) {

    static Way of(@Nullable Route taken, String forwarded) {
        return taken == null
                ? new Way(null, null, null, List.of(), forwarded)
                : new Way(
                        taken.name(),
                        taken.destination(),
                        taken.options().rewrite(),
                        taken.filters().stream().map(Way::kind).toList(),
                        forwarded);
    }

    /** By its name, since the class itself may be loaded anew. */
    private static String kind(Filter filter) {
        return filter.getClass().getName();
    }

    /** Whether a request comes on it; makes nothing, since every request is asked. */
    boolean isThatOf(@Nullable Route taken, String told) {
        if (taken == null || route == null) {
            return taken == null && route == null && forwarded.equals(told);
        }
        return route.equals(taken.name())
                && forwarded.equals(told)
                && taken.destination().equals(destination)
                && taken.options().rewrite().equals(rewrite)
                && areKindsOf(taken.filters());
    }

    private boolean areKindsOf(List<Filter> others) {
        if (others.size() != filters.size()) {
            return false;
        }
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).equals(kind(others.get(i)))) {
                return false;
            }
        }
        return true;
    }
}
