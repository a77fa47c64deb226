package dev.lintel;

import dev.lintel.request.AdmissionRules;
import dev.lintel.request.HeaderSelector;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as an immutable value: filters for every request, routes, upstreams, and what happens when no route matches.
 * Built once, checked at build, replaced whole to change. Thread-safe as far as its filters are.
 */
public final class Gateway {

    private final ExchangeSettings settings;
    private final AdmissionRules admission;
    private final List<Filter> filters;
    private final List<Route> routes;
    private final Map<String, Upstream> upstreams;
    private final @Nullable Destination otherwise;
    private final HeaderSelector ownedHeaders;
    private final boolean forwardedHeadersToHostApplication;
    private final List<String> warnings;

    Gateway(GatewayBuilder builder, List<Route> routes, Map<String, Upstream> upstreams, AdmissionRules admission) {
        this.settings = builder.settings();
        this.admission = admission;
        this.filters = List.copyOf(builder.filters());
        this.routes = List.copyOf(routes);
        this.upstreams = Map.copyOf(upstreams);
        this.otherwise = builder.otherwise();
        this.ownedHeaders = HeaderOwnership.union(settings.identityHeaders(), filters, routes);
        this.forwardedHeadersToHostApplication = builder.forwardedHeadersToHostApplication();
        List<String> found = new ArrayList<>(FilterOrder.warnings(filters, routes));
        found.addAll(FallThrough.warnings(this.routes));
        found.addAll(UpstreamTrust.warnings(this.upstreams.values()));
        this.warnings = List.copyOf(found);
    }

    private Gateway(Gateway other, ExchangeSettings settings, Map<String, Upstream> upstreams) {
        this.settings = settings;
        this.admission = other.admission;
        this.filters = other.filters;
        this.routes = other.routes;
        this.upstreams = Map.copyOf(upstreams);
        this.otherwise = other.otherwise;
        this.ownedHeaders = other.ownedHeaders;
        this.forwardedHeadersToHostApplication = other.forwardedHeadersToHostApplication;
        this.warnings = other.warnings;
    }

    /** Starts the description of a gateway. */
    public static GatewayBuilder builder() {
        return new GatewayBuilder();
    }

    /**
     * The same gateway, with the same filters, with other upstreams in place of those of the same names: for tests, and for other
     * surroundings.
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    public Gateway withUpstreams(Collection<Upstream> others) {
        Map<String, Upstream> all = new HashMap<>(upstreams);
        for (Upstream other : others) {
            if (all.replace(other.name(), other) == null) {
                throw new IllegalArgumentException(
                        "upstream: " + other.name() + " (expected: one of " + new TreeSet<>(upstreams.keySet()) + ")");
            }
        }
        return new Gateway(this, settings, all);
    }

    /** The same gateway, with the same filters, by other clocks: for tests. Filters that were given clocks of their own keep them. */
    public Gateway withTime(Time clocks) {
        ExchangeSettings other = new ExchangeSettings(
                settings.trustedProxies(),
                settings.identityHeaders(),
                settings.rejectionWriter(),
                clocks,
                settings.credentialNames());
        return new Gateway(this, other, upstreams);
    }

    /** What holds for every request. */
    public ExchangeSettings settings() {
        return settings;
    }

    /** What is relaxed in admitting requests. */
    public AdmissionRules admission() {
        return admission;
    }

    /** The filters for every request, in order. */
    public List<Filter> filters() {
        return filters;
    }

    /** The routes, in the order they were given. */
    public List<Route> routes() {
        return routes;
    }

    /** The upstreams by name. */
    public Map<String, Upstream> upstreams() {
        return upstreams;
    }

    /**
     * What happens to an admitted request that no route matches; null for the usual: {@code 404} where the gateway is a
     * servlet or a server, the host application where it is a filter in front of one.
     */
    public @Nullable Destination otherwise() {
        return otherwise;
    }

    /** The request header fields that belong to the gateway: those of all its filters and the identity headers. */
    public HeaderSelector ownedHeaders() {
        return ownedHeaders;
    }

    /** Whether a host application, too, gets fresh {@code X-Forwarded-*} and {@code Forwarded} fields. */
    public boolean forwardedHeadersToHostApplication() {
        return forwardedHeadersToHostApplication;
    }

    /** Whether all of its filters can serve, as far as they say. */
    public boolean isReady() {
        if (!areReady(filters)) {
            return false;
        }
        for (Route route : routes) {
            if (!areReady(route.filters())) {
                return false;
            }
        }
        return true;
    }

    private static boolean areReady(List<Filter> filters) {
        for (Filter filter : filters) {
            if (filter instanceof FilterTraits traits && !traits.isReady()) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is allowed but probably not meant, such as filters in an unusual order, or a route that is protected for some
     * methods only; one sentence each. The builder logs them too.
     */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "gateway " + routes;
    }
}
