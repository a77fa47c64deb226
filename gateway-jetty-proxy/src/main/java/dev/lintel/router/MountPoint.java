package dev.lintel.router;

import dev.lintel.Gateway;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.filter.GatewayState;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import dev.lintel.proxy.UpstreamConnections;
import dev.lintel.proxy.UpstreamProxyServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where gateways are served, one after the other, by one servlet or filter. A request stays with the gateway that it began on. Filters
 * are initialised and destroyed under one lock, connections to upstreams stay. Thread-safe.
 */
final class MountPoint {

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final ServletContext context;
    private final String name;
    private final Kind kind;
    private final String mark;
    private final SharedFilters filters = new SharedFilters();
    private final UpstreamConnections connections = new UpstreamConnections();
    private final Endings endings;
    private volatile @Nullable FrontDoor current;

    /** What runs the gateway. */
    enum Kind {
        /** There is no application behind it, and filters can wait without a thread. */
        SERVLET,
        /** There is an application behind it, which gets what no route matches. */
        FILTER
    }

    /**
     * Makes a place where nothing is served yet.
     *
     * @param name of the servlet or filter
     */
    MountPoint(ServletContext context, String name, Kind kind) {
        this.context = context;
        this.name = name;
        this.kind = kind;
        this.endings = new Endings(context.getClassLoader());
        // names are each application's own, and a request can be dispatched to another one
        this.mark = FrontDoor.class.getName() + "." + NUMBERS.incrementAndGet();
    }

    /** What is served. */
    FrontDoor current() {
        FrontDoor door = current;
        if (door == null) {
            throw new IllegalStateException("gateway: not mounted (expected: between init and destroy)");
        }
        return door;
    }

    /** The way in for a request that this place has seen before, such as one that is dispatched; null for a new one. */
    @Nullable
    FrontDoor seenBefore(HttpServletRequest request) {
        return request.getAttribute(mark) instanceof FrontDoor door ? door : null;
    }

    /** The way in for a request, held: where it has begun, else what is served now. */
    FrontDoor enter(HttpServletRequest request) throws ServletException {
        FrontDoor before = seenBefore(request);
        if (before != null && before.mounted().hold()) {
            return before;
        }
        FrontDoor door = hold();
        if (door == null) {
            throw new ServletException("gateway: not mounted (expected: between init and destroy)");
        }
        request.setAttribute(mark, door);
        return door;
    }

    /** What is served now, held; null if nothing is. */
    @Nullable
    FrontDoor hold() {
        FrontDoor door = current;
        while (door != null && !door.mounted().hold()) {
            // it has ended, so another has taken its place before, or none
            door = current;
        }
        return door;
    }

    /**
     * What would become of a request that came now.
     *
     * @throws IllegalStateException if nothing is served
     */
    Explanation explain(RequestDescription request) {
        FrontDoor door = hold();
        if (door == null) {
            throw new IllegalStateException("gateway: not mounted (expected: between init and destroy)");
        }
        try {
            return door.explainer().explain(request);
        } finally {
            door.release();
        }
    }

    /** Serves the first gateway, as {@code init} does. */
    void mountOrFail(Gateway first) throws ServletException {
        try {
            mount(first);
        } catch (GatewayException unusable) {
            throw new ServletException(unusable.getMessage(), unusable);
        }
    }

    private synchronized void mount(Gateway next) {
        Problems problems = new Problems();
        if (kind == Kind.SERVLET) {
            MountedGateway.requireNoHostApplication(next, problems);
        }
        // whatever else is wrong is told as well
        boolean taken = filters.take(next, context, name, problems);
        UpstreamProxyServlet proxy = new UpstreamProxyServlet(next, connections);
        FrontDoor door = null;
        try {
            open(proxy, problems);
            problems.throwIfAny("gateway");
            door = new FrontDoor(mark, new MountedGateway(next, proxy, this::endLater), kind);
        } finally {
            if (door == null) {
                end(taken ? next : null, proxy);
            }
        }
        FrontDoor before = current;
        current = door;
        retire(before);
    }

    /**
     * Serves a gateway in place of the one before, which goes on until its last exchange has ended.
     *
     * @throws GatewayException with everything that keeps it from being served; then all is as it was before
     * @throws IllegalStateException if nothing is served
     */
    synchronized void replace(Gateway next) {
        var unused = current();
        mount(next);
    }

    /** Serves nothing any more, and waits for a while for gateways that are being ended. */
    void close() {
        synchronized (this) {
            FrontDoor last = current;
            current = null;
            retire(last);
        }
        if (!Thread.holdsLock(this)) {
            // else a filter closes this while it is made or destroyed, and what is being ended waits for that
            endings.await();
        }
    }

    private void open(UpstreamProxyServlet proxy, Problems problems) {
        try {
            proxy.init(new SyntheticConfig(
                    name + "-proxy", context, new GatewayState().mounting().part("")));
        } catch (ServletException unusable) {
            LOG.warn("there is no way to upstreams", unusable);
            problems.add("upstreams", String.valueOf(unusable.getMessage()), "a client for upstreams that can start");
        }
    }

    private void retire(@Nullable FrontDoor door) {
        if (door == null) {
            return;
        }
        endings.expect();
        if (door.mounted().retire()) {
            endings.begun();
            end(door.mounted().gateway(), door.mounted().proxy());
        }
    }

    /** Ends a gateway whose last exchange ends now, on a thread of its own: filters may wait while they are destroyed. */
    private void endLater(MountedGateway ended) {
        endings.begin(() -> {
            synchronized (this) {
                end(ended.gateway(), ended.proxy());
            }
        });
    }

    private void end(@Nullable Gateway gateway, UpstreamProxyServlet proxy) {
        if (gateway != null) {
            filters.giveBack(gateway);
        }
        proxy.destroy();
    }
}
