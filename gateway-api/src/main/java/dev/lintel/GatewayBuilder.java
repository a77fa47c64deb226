package dev.lintel;

import static java.util.Objects.requireNonNull;

import dev.lintel.identity.IdentityHeaders;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.Problems;
import dev.lintel.reject.RejectionWriter;
import dev.lintel.request.AdmissionRules;
import dev.lintel.request.TrustedProxies;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes a gateway. Mistakes are noted and reported together at {@link #build}. Not thread-safe. */
public final class GatewayBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Problems problems = new Problems();
    private final List<Filter> filters = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<RouteBuilder> brokenRoutes = new ArrayList<>();
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();
    private final Set<String> upstreamNames = new HashSet<>();
    private final Set<String> extraMethods = new HashSet<>();
    private TrustedProxies trustedProxies = TrustedProxies.none();
    private IdentityHeaders identityHeaders = IdentityHeaders.DEFAULT;
    private RejectionWriter rejectionWriter = RejectionWriter.standard();
    private Time time = Time.system();
    private @Nullable Destination otherwise;
    private boolean underscores;
    private boolean sessionIdInPath;
    private boolean forwardedToHost;

    GatewayBuilder() {}

    /** What a gateway can be told, beside its filters, routes and upstreams. */
    public static OptionCatalogue catalogue() {
        return GatewayCatalogue.ALL;
    }

    /** Believes these peers, by address or CIDR block, what {@code X-Forwarded-For} says; nobody by default. */
    public GatewayBuilder trustedProxies(String... blocks) {
        return trustedProxies(TrustedProxies.ForwardedBy.X_FORWARDED_FOR, blocks);
    }

    /** Believes these peers, by address or CIDR block, what one field says; nobody by default. */
    public GatewayBuilder trustedProxies(TrustedProxies.ForwardedBy field, String... blocks) {
        List<String> wellFormed = new ArrayList<>(List.of(blocks));
        wellFormed.removeIf(block -> !TrustedProxies.TRUSTED_PROXIES.check(List.of(block), problems));
        trustedProxies = TrustedProxies.of(wellFormed, field);
        return this;
    }

    /** The fields in which services learn who is calling. */
    public GatewayBuilder identityHeaders(IdentityHeaders headers) {
        this.identityHeaders = requireNonNull(headers, "headers");
        return this;
    }

    /** How a refusal is answered; by default as {@link RejectionWriter#standard()} does. */
    public GatewayBuilder rejectionWriter(RejectionWriter writer) {
        this.rejectionWriter = requireNonNull(writer, "writer");
        return this;
    }

    /** The clocks; the machine's own by default. */
    public GatewayBuilder time(Time clocks) {
        this.time = requireNonNull(clocks, "clocks");
        return this;
    }

    /** Adds a filter for every request, in order, also for those that no route matches. */
    public GatewayBuilder filter(Filter filter) {
        filters.add(requireNonNull(filter, "filter"));
        return this;
    }

    /** Adds an upstream. */
    public GatewayBuilder upstream(Upstream upstream) {
        add(upstream.name(), upstream);
        return this;
    }

    /** Adds an upstream that is still being described. */
    public GatewayBuilder upstream(Upstream.Builder description) {
        Problems own = new Problems();
        add(description.name(), description.build(own));
        problems.addAll("upstreams", own.list());
        return this;
    }

    /** Adds a route. */
    public GatewayBuilder route(Route route) {
        routes.add(requireNonNull(route, "route"));
        return this;
    }

    /** Adds a route that is still being described. */
    public GatewayBuilder route(RouteBuilder description) {
        Problems own = new Problems();
        Route route = description.build(own);
        problems.addAll("routes", own.list());
        if (route == null) {
            brokenRoutes.add(description);
        } else {
            routes.add(route);
        }
        return this;
    }

    /** What happens to an admitted request that no route matches; see {@link Gateway#otherwise()}. */
    public GatewayBuilder otherwise(Destination destination) {
        this.otherwise = requireNonNull(destination, "destination");
        return this;
    }

    /** Admits methods beside the common ones and those that routes name. */
    public GatewayBuilder allowMethods(String... methods) {
        GatewayCatalogue.ALLOW_METHODS.check(List.of(methods), problems);
        extraMethods.addAll(List.of(methods));
        return this;
    }

    /** Admits underscores in header names. CGI-like services take them for hyphens; the gateway's own names stay safe. */
    public GatewayBuilder allowUnderscoresInHeaderNames() {
        this.underscores = true;
        return this;
    }

    /** Ignores a trailing {@code ;jsessionid=} when matching instead of refusing it. */
    public GatewayBuilder ignoreSessionIdInPath() {
        this.sessionIdInPath = true;
        return this;
    }

    /** Gives a host application fresh forwarded fields too. Not with a balancer in front whose fields it needs. */
    public GatewayBuilder forwardedHeadersToHostApplication(boolean fresh) {
        this.forwardedToHost = fresh;
        return this;
    }

    /**
     * Checks and makes the gateway. Logs what is allowed but probably not meant.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public Gateway build() {
        RouteChecks.check(routes, brokenRoutes, upstreamNames, otherwise, problems);
        RouteChecks.checkConditions(routes, HeaderOwnership.union(identityHeaders, filters, routes), problems);
        HeaderOwnership.checkIdentity(identityHeaders, filters, routes, problems);
        problems.throwIfAny("gateway");
        Set<String> methods = new HashSet<>(AdmissionRules.COMMON_METHODS);
        methods.addAll(extraMethods);
        routes.forEach(route -> methods.addAll(route.matcher().methods()));
        AdmissionRules admission = new AdmissionRules(methods, underscores, sessionIdInPath);
        Gateway gateway = new Gateway(this, routes, new HashMap<>(upstreams), admission);
        gateway.warnings().forEach(warning -> LOG.warn("{}", warning));
        return gateway;
    }

    ExchangeSettings settings() {
        return new ExchangeSettings(
                trustedProxies, identityHeaders, rejectionWriter, time, CredentialNames.union(filters, routes));
    }

    List<Filter> filters() {
        return filters;
    }

    @Nullable
    Destination otherwise() {
        return otherwise;
    }

    boolean forwardedHeadersToHostApplication() {
        return forwardedToHost;
    }

    private void add(String name, @Nullable Upstream upstream) {
        problems.require(upstreamNames.add(name), "upstreams." + name, "given twice", "each name once");
        if (upstream != null) {
            upstreams.put(name, upstream);
        }
    }
}
