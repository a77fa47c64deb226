package dev.lintel;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Names;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.Problem;
import dev.lintel.option.Problems;
import dev.lintel.request.AddressBlock;
import dev.lintel.request.FieldCondition;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.HostPattern;
import dev.lintel.request.PathPattern;
import dev.lintel.request.PathRewrite;
import dev.lintel.request.RequestMatcher;
import dev.lintel.upstream.AnswerRewrite;
import dev.lintel.upstream.BodyRate;
import dev.lintel.upstream.Timeouts;
import dev.lintel.upstream.WebSockets;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Describes a route. Mistakes are noted and reported together when the route is built. Not thread-safe. */
public final class RouteBuilder {

    private final String name;
    private final Problems problems = new Problems();
    private final Set<String> methods = new LinkedHashSet<>();
    private final List<FieldCondition> conditions = new ArrayList<>();
    private final List<AddressBlock> clients = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private @Nullable PathPattern path;
    private HostPattern host = HostPattern.any();
    private int priority;
    private PathRewrite rewrite = PathRewrite.none();
    private String rewriteOption = "";
    private Timeouts timeouts = Timeouts.DEFAULT;
    private BodyRate minBodyRate = BodyRate.DEFAULT;
    private long maxRequestBody;
    private boolean encodedSlashes;
    private WebSockets webSockets = WebSockets.DEFAULT;
    private AnswerRewrite answers = AnswerRewrite.NONE;
    private @Nullable Destination destination;
    // told apart from null, which is also what is left of one that could not be read
    private boolean pathGiven;
    private boolean destinationGiven;

    RouteBuilder(String name) {
        this.name = requireNonNull(name, "name");
        problems.require(Names.areValid(name), "name", name, Names.RULE);
    }

    /** What a route can be told, beside its name and its filters. */
    public static OptionCatalogue catalogue() {
        return RouteCatalogue.ALL;
    }

    /** The name given. */
    public String name() {
        return name;
    }

    /** The paths: {@code /users}, {@code /users/{id}}, {@code /files/**}. Required. */
    public RouteBuilder path(String pattern) {
        problems.require(!pathGiven, "path", pattern, "one path");
        pathGiven = true;
        path = tried("path", () -> PathPattern.parse(pattern), path);
        return this;
    }

    /** The hosts: {@code api.example.com}, or {@code *.example.com} for all below; any by default. */
    public RouteBuilder host(String pattern) {
        host = requireNonNull(tried("host", () -> HostPattern.parse(pattern), host));
        return this;
    }

    /** The methods; all by default. {@code GET} includes {@code HEAD}. */
    public RouteBuilder methods(String... names) {
        for (String method : names) {
            boolean upper = HeaderSyntax.isName(method) && method.equals(method.toUpperCase(java.util.Locale.ROOT));
            boolean possible = upper && !method.equals("CONNECT") && !method.equals("TRACE");
            problems.require(possible, "methods", method, "methods in upper case, neither CONNECT nor TRACE");
            methods.add(method);
        }
        return this;
    }

    /** Only requests with this header field and value (exactly one line). */
    public RouteBuilder header(String field, String value) {
        return condition("header", FieldCondition.Kind.HEADER, field, value);
    }

    /** Only requests with this header field, whatever its value. */
    public RouteBuilder headerPresent(String field) {
        return condition("header", FieldCondition.Kind.HEADER, field, null);
    }

    /** Only requests with this query parameter and value (exactly once, compared decoded). */
    public RouteBuilder query(String parameter, String value) {
        return condition("query", FieldCondition.Kind.QUERY, parameter, value);
    }

    /** Only requests with this query parameter, whatever its value. */
    public RouteBuilder queryPresent(String parameter) {
        return condition("query", FieldCondition.Kind.QUERY, parameter, null);
    }

    /** Only requests with this cookie and value (exactly once, compared as sent, without quotes around it). */
    public RouteBuilder cookie(String cookie, String value) {
        return condition("cookie", FieldCondition.Kind.COOKIE, cookie, value);
    }

    /** Only requests with this cookie, whatever its value. */
    public RouteBuilder cookiePresent(String cookie) {
        return condition("cookie", FieldCondition.Kind.COOKIE, cookie, null);
    }

    /** Only requests from these addresses or networks; through trusted proxies it is the client's that counts. */
    public RouteBuilder clientAddress(String... blocks) {
        for (String block : blocks) {
            AddressBlock parsed = tried("clientAddress", () -> AddressBlock.parse(block), null);
            if (parsed != null) {
                clients.add(parsed);
            }
        }
        problems.require(blocks.length > 0, "clientAddress", "none", "at least one address or network");
        return this;
    }

    /** Decides between routes that are otherwise equally specific: the higher wins; 0 by default. */
    public RouteBuilder priority(int value) {
        this.priority = value;
        return this;
    }

    /** Adds a filter, run in order after the gateway's own. */
    public RouteBuilder filter(Filter filter) {
        filters.add(requireNonNull(filter, "filter"));
        return this;
    }

    /** Removes leading segments from the path that the destination sees; see {@link PathRewrite}. */
    public RouteBuilder stripPrefix(String prefix) {
        return rewrite("stripPrefix", prefix, PathRewrite::stripPrefix);
    }

    /** Sends every request of the route to one path. */
    public RouteBuilder setPath(String newPath) {
        return rewrite("setPath", newPath, PathRewrite::setPath);
    }

    /** Builds the path from the pattern's variables: {@code /v2/people/{id}}. */
    public RouteBuilder rewritePath(String template) {
        return rewrite("rewritePath", template, PathRewrite::template);
    }

    /** The longest time to get a connection to one target; 2 s by default. */
    public RouteBuilder connectTimeout(Duration duration) {
        return timeouts(t -> t.withConnect(duration));
    }

    /** The longest time until the answer's head is there; 30 s by default. */
    public RouteBuilder firstByteTimeout(Duration duration) {
        return timeouts(t -> t.withFirstByte(duration));
    }

    /** The longest time between two pieces of a body; 30 s by default. */
    public RouteBuilder idleTimeout(Duration duration) {
        return timeouts(t -> t.withIdle(duration));
    }

    /** The longest time for the whole exchange; zero, the default, for no limit. */
    public RouteBuilder totalTimeout(Duration duration) {
        return timeouts(t -> t.withTotal(duration));
    }

    /**
     * The most bytes of a request's body; beyond it 413. 0, the default, for no limit. On the way to a host application a form
     * or multipart body must have a {@code Content-Length} then, else 411: the container reads it itself.
     */
    public RouteBuilder maxRequestBody(long bytes) {
        RouteCatalogue.MAX_REQUEST_BODY.check(bytes, problems);
        this.maxRequestBody = bytes;
        return this;
    }

    /**
     * How fast a body has to come from the client that goes to an upstream; 240 bytes a second and 30 s of grace by default.
     * Beyond it 408, and the upstream's request is aborted; no longer once the upstream has begun to answer.
     *
     * @param bytesPerSecond the least average, 0 for no limit
     * @param grace how long the client may fall behind it; time in which the upstream takes nothing does not count
     */
    public RouteBuilder minBodyRate(long bytesPerSecond, Duration grace) {
        this.minBodyRate = new BodyRate(bytesPerSecond, grace);
        return this;
    }

    /** Admits {@code %2F} within a segment. Only for services that do not decode it into a slash. */
    public RouteBuilder allowEncodedSlashes() {
        this.encodedSlashes = true;
        return this;
    }

    /** The most WebSocket connections open at the same time; beyond it 503. 1,000 by default; with 0 none is passed on: 501. */
    public RouteBuilder maxWebSockets(int number) {
        webSockets = webSockets.withMost(number);
        return this;
    }

    /** The longest time in which nothing passes on a WebSocket connection; 5 min by default. */
    public RouteBuilder webSocketIdleTimeout(Duration duration) {
        webSockets = webSockets.withIdle(duration);
        return this;
    }

    /**
     * Has {@code Location} and {@code Content-Location} that name the upstream lead through the gateway: a URL with its host
     * becomes a path, which loses the target's base path and gets back what {@link #stripPrefix} took away. Other hosts and
     * relative references stay. Not beside {@link #setPath} and {@link #rewritePath}, which cannot be undone.
     *
     * @param otherHosts what the upstream calls itself beside its target and the {@code Host} that it sees: {@code host[:port]}
     */
    public RouteBuilder rewriteLocations(String... otherHosts) {
        answers = answers.withLocations(List.of(otherHosts));
        return this;
    }

    /**
     * The same for the {@code Path} of cookies; a {@code Domain} that is the upstream's goes, so that the cookie is for the host
     * that the client asked.
     *
     * @param otherHosts as for {@link #rewriteLocations}
     */
    public RouteBuilder rewriteCookies(String... otherHosts) {
        answers = answers.withCookies(List.of(otherHosts));
        return this;
    }

    /** Leads to an upstream. */
    public RouteBuilder to(String upstream) {
        return to(Destination.upstream(upstream));
    }

    /** Leads to a destination. */
    public RouteBuilder to(Destination to) {
        this.destination = requireNonNull(to, "to");
        return destinationGiven();
    }

    private RouteBuilder destinationGiven() {
        problems.require(!destinationGiven, "to", "given twice", "one destination");
        destinationGiven = true;
        return this;
    }

    /** Leads to the application that the router is mounted in front of. */
    public RouteBuilder toHostApplication() {
        return to(Destination.hostApplication());
    }

    /** Answers itself. */
    public RouteBuilder answer(int status, String contentType, String body) {
        destination = tried("answer", () -> Destination.answer(status, contentType, body), destination);
        return destinationGiven();
    }

    /**
     * Redirects to a path, which may use the pattern's variables and {@code **}; the query text is kept.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param location a path template, or {@code https://host} followed by one
     */
    public RouteBuilder redirect(int status, String location) {
        int scheme = location.indexOf("://");
        int slash = location.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        String origin = slash < 0 ? location : location.substring(0, slash);
        destination = tried(
                "redirect",
                () -> Destination.redirect(
                        status, origin, PathRewrite.template(slash < 0 ? "/" : location.substring(slash))),
                destination);
        return destinationGiven();
    }

    /**
     * Checks and makes the route.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public Route build() {
        Problems all = new Problems();
        Route route = build(all);
        all.throwIfAny("route");
        return requireNonNull(route);
    }

    @Nullable
    Destination destination() {
        return destination;
    }

    @Nullable
    Route build(Problems into) {
        Problems own = new Problems();
        own.require(pathGiven, "path", "none", "a pattern such as /users/{id} or /files/**");
        if (path != null) {
            String conflict = rewrite.conflictWith(path);
            own.require(conflict.isEmpty(), rewriteOption, rewriteOption.isEmpty() ? "" : rewrite, conflict);
            if (destination instanceof Destination.Redirect redirect) {
                String mismatch = redirect.rewrite().conflictWith(path);
                own.require(mismatch.isEmpty(), "redirect", redirect.rewrite(), mismatch);
            }
        }
        boolean rewritesForHost = destination instanceof Destination.HostApplication && !rewriteOption.isEmpty();
        own.require(
                !rewritesForHost, rewriteOption, "to the host application", "no rewriting: it sees the path received");
        own.require(destinationGiven, "to", "none", "a destination");
        timeouts.check(own);
        minBodyRate.check(own);
        webSockets.check(own);
        answers.check(own);
        boolean undoable = rewrite instanceof PathRewrite.None || rewrite instanceof PathRewrite.StripPrefix;
        own.require(answers.isNone() || undoable, "rewriteLocations", "beside " + rewriteOption, "stripPrefix at most");
        List<Problem> found = new ArrayList<>(problems.list());
        found.addAll(own.list());
        into.addAll(name, found);
        if (!found.isEmpty() || path == null || destination == null) {
            return null;
        }
        return new Route(
                name,
                new RequestMatcher(host, path, methods, conditions, clients),
                priority,
                filters,
                destination,
                new Route.Options(rewrite, timeouts, maxRequestBody, encodedSlashes, minBodyRate, webSockets, answers));
    }

    private RouteBuilder condition(String option, FieldCondition.Kind kind, String field, @Nullable String value) {
        FieldCondition condition = tried(option, () -> new FieldCondition(kind, field, value), null);
        if (condition != null) {
            boolean first = conditions.stream().noneMatch(condition::isOnSame);
            problems.require(first, option, field, "one condition for each field, parameter or cookie");
            conditions.add(condition);
        }
        return this;
    }

    private RouteBuilder rewrite(String option, String text, java.util.function.Function<String, PathRewrite> parse) {
        problems.require(
                rewriteOption.isEmpty(), option, "beside " + rewriteOption, "one of stripPrefix, setPath, rewritePath");
        rewriteOption = option;
        rewrite = requireNonNull(tried(option, () -> parse.apply(text), rewrite));
        return this;
    }

    private RouteBuilder timeouts(UnaryOperator<Timeouts> change) {
        timeouts = change.apply(timeouts);
        return this;
    }

    private <T> @Nullable T tried(String option, Supplier<T> make, @Nullable T otherwise) {
        try {
            return make.get();
        } catch (IllegalArgumentException wrong) {
            String text = String.valueOf(wrong.getMessage());
            // the message is `name: value (expected: rule)`; take it apart so that it is told once, under our name
            int colon = text.indexOf(": ");
            int expected = text.lastIndexOf(" (expected: ");
            boolean usual = colon >= 0 && expected > colon;
            problems.add(
                    option,
                    usual ? text.substring(colon + 2, expected) : text,
                    usual ? text.substring(expected + 12, text.length() - 1) : "a valid value");
            return otherwise;
        }
    }
}
