package dev.lintel.filters.cache;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.request.PathRewrite;
import org.jspecify.annotations.Nullable;

/**
 * On which way an answer comes: one that came on another may be another, though the URL is the same. Of two gateways, of which one
 * replaced the other, the way is the same as long as the route leads to the same. Immutable.
 *
 * @param route the name of the route; null for none
 * @param destination where it leads
 * @param rewrite what becomes of the path
 * @param forwarded what the request says of how it came, in one text
 */
record Way(
        @Nullable String route,
        @Nullable Destination destination,
        @Nullable PathRewrite rewrite,
        String forwarded) {

    static Way of(Exchange exchange, String forwarded) {
        Route route = exchange.route();
        return route == null
                ? new Way(null, null, null, forwarded)
                : new Way(route.name(), route.destination(), route.options().rewrite(), forwarded);
    }
}
