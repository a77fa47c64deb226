package dev.lintel.server;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.loop.HoldUps;
import jakarta.servlet.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which filter holds a thread up that watches many connections, as far as its stack tells. Thread-safe. */
final class HoldUpLog implements HoldUps.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

    private static final String BASES = "dev.lintel.filter.";

    private final Supplier<Gateway> gateway;

    /**
     * Makes the log.
     *
     * @param gateway tells the gateway that is served
     */
    HoldUpLog(Supplier<Gateway> gateway) {
        this.gateway = gateway;
    }

    private static Set<String> namesOf(Gateway gateway) {
        Set<String> names = new HashSet<>();
        add(gateway.filters(), names);
        for (Route route : gateway.routes()) {
            add(route.filters(), names);
        }
        return names;
    }

    private static void add(List<Filter> all, Set<String> names) {
        for (Filter filter : all) {
            // what waits may be written in a class that this one extends
            for (Class<?> type = filter.getClass();
                    type != null && type != Object.class && !type.getName().startsWith(BASES);
                    type = type.getSuperclass()) {
                names.add(type.getName());
            }
        }
    }

    @Override
    public void heldUp(long nanos, StackTraceElement[] stack) {
        LOG.warn("{}", message(nanos, stack));
    }

    String message(long nanos, StackTraceElement[] stack) {
        return "a thread of many connections is held up for " + nanos / 1_000_000 + " ms by " + holder(stack) + ", at "
                + (stack.length == 0 ? "?" : stack[0]) + " (expected: filters marked NonWaiting never wait)";
    }

    /** The innermost filter; what it was called with does not matter. */
    private String holder(StackTraceElement[] stack) {
        Set<String> filters = namesOf(gateway.get());
        for (StackTraceElement frame : stack) {
            if (filters.contains(frame.getClassName())) {
                return frame.getClassName();
            }
        }
        return "something other than a filter";
    }
}
