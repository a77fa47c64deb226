package dev.lintel.filters.cache;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.request.PathRewrite;
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
 * @param forwarded what the request says of how it came, in one text
 */
record Way(
        @Nullable String route,
        @Nullable Destination destination,
        @Nullable PathRewrite rewrite,
        List<String> filters,
        String forwarded) {

    static Way of(Exchange exchange, String forwarded) {
        Route route = exchange.route();
        return route == null
                ? new Way(null, null, null, List.of(), forwarded)
                : new Way(
                        route.name(),
                        route.destination(),
                        route.options().rewrite(),
                        route.filters().stream()
                                .map(filter -> filter.getClass().getName())
                                .toList(),
                        forwarded);
    }

    /** Whether a request is still on it: a gateway further in may have routed it since. */
    boolean isStillThatOf(Exchange exchange) {
        return equals(of(exchange, forwarded));
    }
}
