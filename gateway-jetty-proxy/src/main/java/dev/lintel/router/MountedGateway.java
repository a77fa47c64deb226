package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.FilterTraits;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Stage;
import dev.lintel.option.Problems;
import dev.lintel.proxy.UpstreamProxyServlet;
import dev.lintel.request.Admission;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A gateway made ready to run: chains laid out, routes compiled, and the count of who uses it. It ends when it is not served any more
 * and the last exchange that began on it has ended; nobody waits for that. Thread-safe.
 */
final class MountedGateway {

    private final Gateway gateway;
    private final Admission admission;
    private final RouteTable table;
    private final Filter[] common;
    private final Filter[] early;
    private final IdentityHashMap<Route, Filter[]> chains = new IdentityHashMap<>();
    private final UpstreamProxyServlet proxy;
    private final Consumer<MountedGateway> whenUnused;
    /** Those that hold it, plus one for as long as the gateway is served; never more than none again. */
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * Makes it ready.
     *
     * @param gateway what is mounted
     * @param proxy its way to upstreams
     * @param whenUnused told when the last exchange has ended, on the thread that ended it
     */
    MountedGateway(Gateway gateway, UpstreamProxyServlet proxy, Consumer<MountedGateway> whenUnused) {
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
        this.proxy = proxy;
        this.whenUnused = whenUnused;
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

    /** Keeps the gateway alive until it is released; false if it has ended. */
    boolean hold() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    /** Has the end of an exchange release what is held. */
    void releaseAfter(Exchange exchange) {
        exchange.onComplete(ended -> release());
    }

    /** Ends what {@link #hold} began. */
    void release() {
        if (users.decrementAndGet() == 0) {
            whenUnused.accept(this);
        }
    }

    /** Ends being served; whether nobody else uses the gateway, so that the caller sees to its end. */
    boolean retire() {
        return users.decrementAndGet() == 0;
    }

    /** Notes destinations that do not exist where no application is behind the gateway. */
    static void requireNoHostApplication(Gateway gateway, Problems problems) {
        for (Route route : gateway.routes()) {
            problems.require(
                    !(route.destination() instanceof Destination.HostApplication),
                    "routes." + route.name() + ".to",
                    "the host application",
                    "another destination, or a RouterFilter");
        }
        problems.require(
                !(gateway.otherwise() instanceof Destination.HostApplication),
                "otherwise",
                "the host application",
                "another destination, or a RouterFilter");
    }
}
