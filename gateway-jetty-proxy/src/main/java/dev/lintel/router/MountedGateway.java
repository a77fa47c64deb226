package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.FilterTraits;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Stage;
import dev.lintel.proxy.UpstreamProxyServlet;
import dev.lintel.request.Admission;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway made ready to run in a servlet context: filters initialised, chains laid out, routes compiled, proxy started.
 * Unmounting waits for nobody: filters are destroyed and the proxy stopped when the last exchange has ended. Thread-safe.
 */
final class MountedGateway {

    private final Gateway gateway;
    private final Admission admission;
    private final RouteTable table;
    private final Filter[] common;
    private final Filter[] early;
    private final IdentityHashMap<Route, Filter[]> chains = new IdentityHashMap<>();
    private final UpstreamProxyServlet proxy;
    private final Set<Filter> initialised = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Exchanges running, plus one for as long as the gateway is mounted. */
    private final AtomicInteger users = new AtomicInteger(1);

    private MountedGateway(Gateway gateway) {
        this.gateway = gateway;
        this.admission = new Admission(gateway.admission());
        this.table = RouteTable.compile(gateway.routes());
        this.common = gateway.filters().toArray(Filter[]::new);
        this.early = gateway.filters().stream().filter(MountedGateway::isEarly).toArray(Filter[]::new);
        for (Route route : gateway.routes()) {
            List<Filter> chain = new ArrayList<>(gateway.filters());
            chain.addAll(route.filters());
            chains.put(route, chain.toArray(Filter[]::new));
        }
        this.proxy = new UpstreamProxyServlet(gateway);
    }

    /**
     * Mounts a gateway.
     *
     * @param gateway what is mounted
     * @param context where
     * @param name the name of the servlet or filter that mounts it
     * @param hasHostApplication whether there is an application behind it
     * @throws ServletException if a filter cannot be initialised, or a destination does not exist here
     */
    static MountedGateway mount(Gateway gateway, ServletContext context, String name, boolean hasHostApplication)
            throws ServletException {
        if (!hasHostApplication) {
            requireNoHostApplication(gateway);
        }
        MountedGateway mounted = new MountedGateway(gateway);
        try {
            mounted.initFilters(context, name);
            mounted.proxy.init(new SyntheticConfig(name + "-proxy", context));
        } catch (ServletException | RuntimeException failed) {
            mounted.destroy();
            throw failed;
        }
        return mounted;
    }

    Gateway gateway() {
        return gateway;
    }

    Admission admission() {
        return admission;
    }

    RouteTable table() {
        return table;
    }

    UpstreamProxyServlet proxy() {
        return proxy;
    }

    /** The filters of a request that no route answers. */
    Filter[] commonFilters() {
        return common;
    }

    /** The filters of a request whose head could not be read, so that nothing in it can be asked for a credential. */
    Filter[] earlyFilters() {
        return early;
    }

    private static boolean isEarly(Filter filter) {
        Stage stage = filter instanceof FilterTraits traits ? traits.stage() : null;
        return stage != null && stage.compareTo(Stage.AUTHENTICATION) < 0;
    }

    /** The filters of a route's requests, the gateway's own first. */
    Filter[] filtersOf(Route route) {
        Filter[] chain = chains.get(route);
        return chain == null ? common : chain;
    }

    /** Keeps the gateway alive until an exchange has ended. */
    void use(Exchange exchange) {
        users.incrementAndGet();
        exchange.onComplete(ended -> release());
    }

    /** Ends the gateway once nobody uses it any more. */
    void unmount() {
        release();
    }

    private void release() {
        if (users.decrementAndGet() == 0) {
            destroy();
        }
    }

    private void initFilters(ServletContext context, String name) throws ServletException {
        for (Filter filter : common) {
            initOnce(filter, context, name);
        }
        for (Filter[] chain : chains.values()) {
            for (Filter filter : chain) {
                initOnce(filter, context, name);
            }
        }
    }

    private void initOnce(Filter filter, ServletContext context, String name) throws ServletException {
        if (initialised.add(filter)) {
            filter.init(new SyntheticConfig(name + "-" + filter.getClass().getSimpleName(), context));
        }
    }

    private void destroy() {
        initialised.forEach(Filter::destroy);
        proxy.destroy();
    }

    private static void requireNoHostApplication(Gateway gateway) throws ServletException {
        for (Route route : gateway.routes()) {
            if (route.destination() instanceof Destination.HostApplication) {
                throw new ServletException("routes." + route.name()
                        + ".to: the host application (expected: another destination, or a RouterFilter)");
            }
        }
        if (gateway.otherwise() instanceof Destination.HostApplication) {
            throw new ServletException(
                    "otherwise: the host application (expected: another destination, or a RouterFilter)");
        }
    }
}
