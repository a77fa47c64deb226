package dev.lintel.filter;

import dev.lintel.Background;
import dev.lintel.Exchange;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * Ends the exchange of a client that is gone, where the container does not: Tomcat forgets an asynchronous request whose write
 * fails on another thread while the one that began it leaves, and calls no listener any more.
 */
final class GoneClient {

    /** How long the container has. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private GoneClient() {}

    /**
     * Called when writing to the client has failed, once in an exchange.
     *
     * @param status that of the answer
     */
    static void noted(Exchange exchange, int status) {
        if (exchange.isComplete()) {
            return;
        }
        Future<?> end = Background.after(GRACE, () -> end(exchange, status));
        exchange.onComplete(over -> end.cancel(false));
    }

    private static void end(Exchange exchange, int status) {
        if (exchange.isComplete() || exchange.isProlonged()) {
            return;
        }
        exchange.failure(RequestCompletion.CLIENT_GONE);
        if (exchange.status() == 0) {
            exchange.status(status);
        }
        exchange.complete();
    }
}
