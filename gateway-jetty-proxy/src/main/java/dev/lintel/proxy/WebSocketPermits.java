package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.Route;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the WebSocket connections of each route, from the handshake to the end of the exchange. Thread-safe. */
final class WebSocketPermits {

    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();

    /** Takes a place for an exchange, given back at its end; false if the route has none left. */
    boolean take(Exchange exchange, Route route) {
        AtomicInteger count = open.computeIfAbsent(route.name(), name -> new AtomicInteger());
        if (count.incrementAndGet() > route.options().webSockets().most()) {
            count.decrementAndGet();
            return false;
        }
        exchange.onComplete(ended -> count.decrementAndGet());
        return true;
    }
}
