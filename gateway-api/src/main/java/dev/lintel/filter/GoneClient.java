package dev.lintel.filter;

import dev.lintel.Background;
import dev.lintel.Exchange;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * Ends the exchange of a client that is gone, where the container does not: Tomcat, which ends an asynchronous request as soon as a write
 * of the application's threads fails, forgets it if the thread that began it leaves at the same time, and calls no listener any more.
 */
final class GoneClient {

    /** How long the container has. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private GoneClient() {}

    /**
     * Called when writing to the client has failed.
     *
     * @param response where it was written to
     * @param thread the one that runs the filters, and ends the exchange when it leaves them
     * @param status that of the answer
     * @return whether the exchange will end by this
     */
    static boolean noted(Exchange exchange, ServletResponse response, Thread thread, int status) {
        if (!isTomcats(response) || Thread.currentThread().equals(thread) || exchange.isComplete()) {
            return false;
        }
        Future<?> end = Background.after(GRACE, () -> end(exchange, status));
        exchange.onComplete(over -> end.cancel(false));
        return true;
    }

    private static boolean isTomcats(ServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        return innermost.getClass().getName().startsWith("org.apache.catalina.");
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
