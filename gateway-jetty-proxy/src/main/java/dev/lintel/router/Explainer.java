package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.ExchangeSettings;
import dev.lintel.Gateway;
import dev.lintel.HeaderField;
import dev.lintel.Route;
import dev.lintel.Time;
import dev.lintel.explain.Candidate;
import dev.lintel.explain.DescribedRequest;
import dev.lintel.explain.DescribedResponse;
import dev.lintel.explain.Ending;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.Field;
import dev.lintel.explain.RequestDescription;
import dev.lintel.explain.Secrets;
import dev.lintel.filter.ExchangeRequest;
import dev.lintel.filter.ExchangeResponse;
import dev.lintel.filter.Rehearsal;
import dev.lintel.filter.Rejections;
import dev.lintel.proxy.OutgoingRequest;
import dev.lintel.proxy.UpstreamConnections;
import dev.lintel.proxy.UpstreamProxyServlet;
import dev.lintel.reject.Rejection;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a gateway would do with a request, by the code that serves and without any of its effects: no limit is charged, no cache
 * filled, no key fetched, no line logged. A filter that does not say what it would do is passed over and named. Thread-safe.
 */
public final class Explainer {

    /** How many of the routes that a request does not take are told of. */
    public static final int NEAREST_ROUTES = 10;

    private final MountedGateway mounted;
    private final Destinations destinations;
    private final Reception reception;

    Explainer(MountedGateway mounted, Destinations destinations, Reception reception) {
        this.mounted = mounted;
        this.destinations = destinations;
        this.reception = reception;
    }

    /**
     * For a gateway that need not be served: nothing of it is started. Its limits are those that nobody has used, and tokens can be judged
     * if their keys are known without fetching them.
     *
     * @param gateway the gateway, as a server or servlet would run it
     */
    public static Explainer of(Gateway gateway) {
        return of(gateway, false);
    }

    /**
     * The same for a gateway in front of an application, which gets what no route matches.
     *
     * @param gateway the gateway, as a {@link RouterFilter} would run it
     */
    public static Explainer inFrontOfApplication(Gateway gateway) {
        return of(gateway, true);
    }

    private static Explainer of(Gateway gateway, boolean inFrontOfApplication) {
        UpstreamProxyServlet proxy = new UpstreamProxyServlet(gateway, new UpstreamConnections());
        MountedGateway mounted = new MountedGateway(gateway, proxy, ended -> {});
        Destinations destinations = new Destinations(mounted, inFrontOfApplication);
        return new Explainer(mounted, destinations, new Reception(mounted, destinations.otherwise()));
    }

    /** The gateway that is explained. */
    public Gateway gateway() {
        return mounted.gateway();
    }

    /** Explains one request. */
    public Explanation explain(RequestDescription description) {
        return explain(description, Rehearsal.look());
    }

    /** The same as if there were no filters: which route, and what would leave if all of them let it go on and changed nothing. */
    public Explanation explainRouting(RequestDescription description) {
        return explain(description, Rehearsal.look(), false);
    }

    /**
     * Explains one request of several.
     *
     * @param description the request
     * @param rehearsal what filters are asked by; a {@linkplain Rehearsal#series() series} counts, and is for one thread at a time
     */
    public Explanation explain(RequestDescription description, Rehearsal rehearsal) {
        return explain(description, rehearsal, true);
    }

    private Explanation explain(RequestDescription description, Rehearsal rehearsal, boolean filtered) {
        DescribedRequest request = new DescribedRequest(description);
        Exchange exchange =
                Exchange.begin(request, mounted.admission().parse(description.path()), settings(description));
        exchange.requestHeaders().remove(mounted.gateway().ownedHeaders());
        Secrets secrets = new Secrets(description, mounted.gateway().settings().credentialNames(), rehearsal::conceals);
        Reception.Outcome outcome = reception.decide(exchange, request, exchange.authority());
        EndingNote ending = new EndingNote(secrets);
        Terminal terminal = FrontDoor.terminal(destinations, outcome, exchange, request, ending::toApplication);
        DescribedResponse response = new DescribedResponse();
        Filter[] filters = filtered ? FrontDoor.filters(mounted, outcome) : new Filter[0];
        ForetoldChain chain = new ForetoldChain(
                exchange,
                description,
                filters,
                elements(filters, exchange.route()),
                rehearsal,
                destinations.isUpstream(terminal) ? ending::toUpstream : terminal,
                response,
                secrets);
        var answer = ExchangeResponse.of(response, exchange);
        HttpServletRequest view = ExchangeRequest.of(request, exchange).answeredBy(answer);
        try {
            chain.doFilter(view, answer);
        } catch (IOException | ServletException | RuntimeException failed) {
            ending.unknown("it failed with " + failed.getClass().getSimpleName());
        }
        Route route = exchange.route();
        return new Explanation(
                description,
                secrets.target(description.path(), description.query()),
                exchange.startedAt(),
                exchange.client().text(),
                outcome instanceof Reception.Outcome.Refused refused
                        ? refused.rejection().status() + " "
                                + refused.rejection().rule()
                        : null,
                route == null ? null : route.name(),
                route == null ? "" : destinations.isOtherwise(route) ? "otherwise" : "routes." + route.name(),
                others(exchange, request, secrets),
                Math.max(0, furtherOthers(exchange)),
                chain.steps(),
                ending.of(exchange, response));
    }

    private ExchangeSettings settings(RequestDescription description) {
        ExchangeSettings settings = mounted.gateway().settings();
        var time = description.time();
        return new ExchangeSettings(
                settings.trustedProxies(),
                settings.identityHeaders(),
                new PlainRefusal(settings.rejectionWriter()),
                time == null
                        ? settings.time()
                        : new Time(() -> time, settings.time().nanos()),
                settings.credentialNames());
    }

    private List<Candidate> others(Exchange exchange, HttpServletRequest request, Secrets secrets) {
        if (exchange.path().violation() != null) {
            return List.of();
        }
        return new NearRoutes(
                        Reception.hostOf(exchange),
                        exchange.routedPath(),
                        Preflight.methodToMatch(request),
                        Reception.conditionsOf(exchange, request),
                        exchange.route(),
                        secrets)
                .nearest(mounted.gateway().routes(), NEAREST_ROUTES);
    }

    private int furtherOthers(Exchange exchange) {
        List<Route> routes = mounted.gateway().routes();
        Route taken = exchange.route();
        int others = routes.size() - (taken == null || destinations.isOtherwise(taken) ? 0 : 1);
        return exchange.path().violation() != null ? 0 : others - NEAREST_ROUTES;
    }

    /** Where each filter stands: the gateway's own first, then the route's. */
    private List<String> elements(Filter[] filters, @Nullable Route route) {
        List<Filter> common = mounted.gateway().filters();
        List<String> elements = new ArrayList<>();
        int own = 0;
        for (Filter filter : filters) {
            int index = indexOf(common, filter, own);
            if (index >= 0) {
                elements.add("filters[" + index + "]");
                own = index + 1;
            } else {
                own = common.size();
                int inRoute = elements.size() - common.size();
                elements.add("routes." + (route == null ? "" : route.name()) + ".filters[" + inRoute + "]");
            }
        }
        return elements;
    }

    private static int indexOf(List<Filter> filters, Filter filter, int from) {
        for (int i = from; i < filters.size(); i++) {
            if (filters.get(i) == filter) {
                return i;
            }
        }
        return -1;
    }

    /** Notes where a request comes to. Confined to its explanation. */
    private final class EndingNote {

        private final Secrets secrets;
        private @Nullable Ending ending;

        private EndingNote(Secrets secrets) {
            this.secrets = secrets;
        }

        private void unknown(String why) {
            ending = new Ending.Unknown(why);
        }

        private void toApplication(
                Exchange exchange, HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response) {
            List<HeaderField> fields = new ArrayList<>();
            for (String name : Collections.list(request.getHeaderNames())) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    fields.add(new HeaderField(name, value));
                }
            }
            ending = new Ending.ToApplication(secrets.fields(fields));
        }

        private void toUpstream(
                Exchange exchange, HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response)
                throws IOException {
            Route route = exchange.route();
            if (route == null || !(route.destination() instanceof dev.lintel.Destination.ToUpstream to)) {
                throw new IllegalStateException("route: none (expected: one to an upstream)");
            }
            OutgoingRequest outgoing = mounted.proxy().describe(request, exchange, route);
            Rejection refused = outgoing.refused();
            if (refused != null) {
                Rejections.answer(exchange, request, response, refused);
                return;
            }
            List<String> targets =
                    outgoing.targets().stream().map(Target::toString).toList();
            String query = outgoing.query();
            ending = new Ending.ToUpstream(
                    to.name(),
                    "upstreams." + to.name(),
                    targets,
                    choice(to.name(), targets),
                    exchange.method(),
                    query == null ? outgoing.path() : outgoing.path() + "?" + query,
                    secrets.target(outgoing.path(), query),
                    secrets.fields(outgoing.fields()),
                    outgoing.remarks());
        }

        private String choice(String upstream, List<String> targets) {
            Upstream known = mounted.gateway().upstreams().get(upstream);
            if (targets.size() == 1 || known == null) {
                return "the only target " + targets.get(0);
            }
            var balancer = known.newLoadBalancer();
            return balancer.getClass().getSimpleName() + " chooses one of " + targets.size() + " targets, "
                    + String.join(", ", targets.subList(0, Math.min(targets.size(), NEAREST_ROUTES)))
                    + "; this is for the first";
        }

        private Ending of(Exchange exchange, DescribedResponse response) {
            Ending known = ending;
            if (known != null) {
                return known;
            }
            Rejection rejection = exchange.rejection();
            List<Field> fields = secrets.fields(response.fields());
            return new Ending.Answered(
                    response.getStatus(),
                    rejection == null ? null : rejection.rule(),
                    rejection == null ? null : rejection.detail(),
                    fields);
        }
    }
}
