package dev.lintel.router;

import dev.lintel.Gateway;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * A place where a gateway is served, and where another can take over from it: a {@link GatewayServlet} or a {@link RouterFilter}.
 * Thread-safe.
 */
public interface LiveGateway {

    /**
     * The one that a container has made.
     *
     * @param context the application's
     * @param name the name of the servlet or filter, as in {@code web.xml}
     * @return null if there is none, or it is not initialised
     */
    static @Nullable LiveGateway of(ServletContext context, String name) {
        return context.getAttribute(attribute(name)) instanceof LiveGateway live ? live : null;
    }

    /** The context attribute of the one with this name. */
    static String attribute(String name) {
        return LiveGateway.class.getName() + "." + name;
    }

    /**
     * The gateway that new requests come to.
     *
     * @throws IllegalStateException if none is served
     */
    Gateway gateway();

    /**
     * Has another gateway take over. It is made ready whole before anything changes: its new filters are initialised, so this takes as
     * long as they do. From one request to the next it serves then, and every request ends on the gateway that it has begun on. What
     * both have goes on: filters (the same objects) without another {@code init}, connections to the same targets, and what filters hand
     * over ({@link dev.lintel.filter.GatewayState}). What only the one before has, ends with its last exchange. Calls take turns.
     *
     * @param next the whole gateway, not a change to the one before
     * @throws dev.lintel.option.GatewayException with everything that keeps it from being served; then all is as it was before
     * @throws IllegalStateException if none is served
     */
    void replace(Gateway next);

    /**
     * What the gateway that is served now would do with a request: by the same code, with what its filters have counted and learnt, and
     * without any effect on that; see {@link Explainer}.
     *
     * @throws IllegalStateException if none is served
     */
    Explanation explain(RequestDescription request);
}
