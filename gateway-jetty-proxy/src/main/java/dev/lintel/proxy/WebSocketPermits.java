package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.Route;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the WebSocket connections of each route, from the handshake to the end of the exchange, those among them that an earlier
 * gateway has let in. Thread-safe.
 */
final class WebSocketPermits {

    /** Routes without a connection are not in it. */
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /** Takes a place for an exchange, given back at its end; false if the route has none left. */
    boolean take(Exchange exchange, Route route) {
        String name = route.name();
        int most = route.options().webSockets().most();
        boolean[] taken = new boolean[1];
        open.compute(name, (same, before) -> {
            int count = before == null ? 0 : before;
            taken[0] = count < most;
            return taken[0] ? Integer.valueOf(count + 1) : before;
        });
        if (taken[0]) {
            exchange.onComplete(ended -> open.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1));
        }
        return taken[0];
    }
}
