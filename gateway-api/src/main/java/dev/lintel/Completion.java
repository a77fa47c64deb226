package dev.lintel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is to be done at the end of an exchange, once, whoever comes first. Thread-safe. */
final class Completion {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final List<Consumer<Exchange>> actions = new ArrayList<>(4);
    private boolean done;

    void register(Exchange exchange, Consumer<Exchange> action) {
        synchronized (this) {
            if (!done) {
                actions.add(action);
                return;
            }
        }
        run(exchange, action);
    }

    void run(Exchange exchange) {
        synchronized (this) {
            if (done) {
                return;
            }
            done = true;
        }
        for (int i = actions.size() - 1; i >= 0; i--) {
            run(exchange, actions.get(i));
        }
    }

    synchronized boolean isDone() {
        return done;
    }

    private static void run(Exchange exchange, Consumer<Exchange> action) {
        try {
            action.accept(exchange);
        } catch (Throwable failed) {
            // whatever one action throws, the others must release what they hold
            LOG.error("completion of {} failed", exchange, failed);
        }
    }
}
