package dev.lintel;

import dev.lintel.identity.Caller;
import dev.lintel.identity.ClientCertificate;
import dev.lintel.reject.Rejection;
import dev.lintel.request.Authority;
import dev.lintel.request.ClientAddress;
import dev.lintel.request.RequestPath;
import dev.lintel.request.TrustedProxies;
import dev.lintel.upstream.Target;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one request, from the first filter to its completion: the only channel between filters, the proxy, logs
 * and metrics. The facts are those of the original request, whatever it is forwarded or dispatched to.
 *
 * <p>Confined to its request: one thread at a time touches it, and the container's hand-overs order them.
 */
public final class Exchange {

    /** The request attribute that holds the exchange. */
    public static final String ATTRIBUTE = "dev.lintel.exchange";

    private ExchangeSettings settings;
    private final Instant startedAt;
    private final long startedNanos;
    private final String method;
    private final String protocol;
    private final boolean secure;
    private final String rawPath;
    private final ExchangeQuery query;
    private RequestPath path;
    private final @Nullable Authority authority;
    private final String peer;
    private ClientAddress client;
    private final HeaderChanges requestHeaders = new HeaderChanges();
    private final HeaderChanges responseHeaders = new HeaderChanges();
    private final Entered entered = new Entered();
    private final List<Attempt> attempts = new ArrayList<>(1);
    private volatile boolean prolonged;
    private final Completion completion = new Completion();
    private @Nullable Waits waits;
    private RequestPath routedPath;
    private @Nullable Suspension suspension;
    private @Nullable String requestId;
    private @Nullable Route route;
    private final @Nullable ClientCertificate clientCertificate;
    private @Nullable Caller caller;
    private @Nullable Rejection rejection;
    private @Nullable String failure;
    private int status;
    private long requestBytes;
    private long responseBytes;

    private Exchange(HttpServletRequest request, RequestPath path, ExchangeSettings settings) {
        this.settings = settings;
        this.startedAt = settings.time().wall().instant();
        this.startedNanos = settings.time().nanos().getAsLong();
        this.method = request.getMethod();
        this.protocol = request.getProtocol();
        this.secure = request.isSecure();
        this.rawPath = request.getRequestURI();
        this.query = new ExchangeQuery(request.getQueryString());
        this.path = path;
        this.routedPath = path;
        this.authority = Authority.of(request);
        this.peer = TrustedProxies.peerOf(request);
        this.client = settings.trustedProxies().clientOf(request, peer);
        this.clientCertificate = ClientCertificate.in(request);
    }

    /** The exchange of a request, or null if it has none yet. */
    public static @Nullable Exchange of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Exchange exchange ? exchange : null;
    }

    /**
     * Begins the exchange of a request, or takes over the one that a filter outside has begun, by other settings.
     *
     * @param request the request as the container gives it
     * @param path its path, without the context path
     * @param settings what holds for it
     */
    public static Exchange begin(HttpServletRequest request, RequestPath path, ExchangeSettings settings) {
        Exchange outer = of(request);
        if (outer != null) {
            // filters outside may know of credentials that the ones inside do not
            outer.settings = settings.alsoKnowing(outer.settings.credentialNames());
            outer.routeBy(request, path);
            outer.client = settings.trustedProxies().clientOf(request, outer.peer);
            return outer;
        }
        Exchange exchange = new Exchange(request, path, settings);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** A request that was forwarded is routed by where it was forwarded to, and stays what it was for all else. */
    private void routeBy(HttpServletRequest request, RequestPath target) {
        routedPath = target;
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            path = target;
        } else {
            query.routeBy(request.getQueryString());
        }
    }

    /** What holds for this request. */
    public ExchangeSettings settings() {
        return settings;
    }

    /** When the request began, by the wall clock. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When the request began, by the monotonic clock. */
    public long startedNanos() {
        return startedNanos;
    }

    /** Nanoseconds since the request began. */
    public long elapsedNanos() {
        return settings.time().nanos().getAsLong() - startedNanos;
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The protocol, such as {@code HTTP/1.1}. */
    public String protocol() {
        return protocol;
    }

    /** {@code https} if the connection to the gateway is secure, else {@code http}. */
    public String scheme() {
        return secure ? "https" : "http";
    }

    /** The raw path as the container gives it, context path included; never trusted to be well-formed. */
    public String rawPath() {
        return rawPath;
    }

    /** The raw query text as received, or null; see {@link #forwardedQuery} for logs and {@link #routedQuery} for sending. */
    public @Nullable String query() {
        return query.received();
    }

    /** The raw query text without the parameters that were hidden, or null: what logs get. */
    public @Nullable String forwardedQuery() {
        return query.shown();
    }

    /**
     * Hides a parameter of the query, as a credential must be: from upstreams, from logs, and from the application behind
     * the filters. The rest of the query keeps every byte.
     *
     * @param name the parameter's name, compared decoded
     */
    public void hideQueryParameter(String name) {
        query.hide(name);
    }

    /** The names of the query parameters that were hidden; a view that must not be changed. */
    public List<String> hiddenQueryParameters() {
        return query.hidden();
    }

    /**
     * The path that routes are matched by and that destinations see: the request's own, unless an application has forwarded the
     * request to another one before it came to a gateway.
     */
    public RequestPath routedPath() {
        return routedPath;
    }

    /** The raw query text that belongs to {@link #routedPath}, without the parameters that were hidden, or null. */
    public @Nullable String routedQuery() {
        return query.routed();
    }

    /** The path without the context path. Inside a gateway it is admissible; elsewhere check its violation first. */
    public RequestPath path() {
        return path;
    }

    /** The host and port that the request is for, or null if that is missing, repeated, malformed or contradicted. */
    public @Nullable Authority authority() {
        return authority;
    }

    /** The address at the other end of the connection. */
    public String peer() {
        return peer;
    }

    /** Where the request comes from, as far as it can be believed. */
    public ClientAddress client() {
        return client;
    }

    /** What the certificate says that the client has proved to have, to this server; null if none. */
    public @Nullable ClientCertificate clientCertificate() {
        return clientCertificate;
    }

    /** The request's id, or null until one is given. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** Gives the request its id. */
    public void requestId(String id) {
        this.requestId = id;
    }

    /** The route that was matched, or null. */
    public @Nullable Route route() {
        return route;
    }

    /** Notes the route that was matched. */
    public void route(Route matched) {
        this.route = matched;
    }

    /** The verified caller, or null if nobody is. */
    public @Nullable Caller caller() {
        return caller;
    }

    /** Notes the verified caller. */
    public void caller(Caller verified) {
        this.caller = verified;
    }

    /** Why the request was refused, or null if it was not. */
    public @Nullable Rejection rejection() {
        return rejection;
    }

    /** Notes why the request was refused. */
    public void rejection(Rejection refused) {
        this.rejection = refused;
    }

    /** A short name of what cut the exchange short, such as {@code client-gone}, or null. */
    public @Nullable String failure() {
        return failure;
    }

    /** Notes what cut the exchange short; the first name counts. */
    public void failure(String name) {
        if (this.failure == null) {
            this.failure = name;
        }
    }

    /** The status that was sent, or 0 before completion if it is not known. */
    public int status() {
        return status;
    }

    /** Notes the status that was sent. */
    public void status(int sent) {
        this.status = sent;
    }

    /** How many bytes of the request's body were taken. */
    public long requestBytes() {
        return requestBytes;
    }

    /** Counts bytes of the request's body. */
    public void addRequestBytes(long bytes) {
        this.requestBytes += bytes;
    }

    /** How many bytes of the response's body were handed to the container. */
    public long responseBytes() {
        return responseBytes;
    }

    /** Counts bytes of the response's body. */
    public void addResponseBytes(long bytes) {
        this.responseBytes += bytes;
    }

    /** The tries to get an answer from an upstream, in order; a view that must not be changed. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** Begins a try to get an answer from a target. */
    public Attempt attempt(String upstream, Target target) {
        Attempt attempt = new Attempt(upstream, target, settings.time().nanos().getAsLong());
        attempts.add(attempt);
        return attempt;
    }

    /** The changes to the header fields of the request. */
    public HeaderChanges requestHeaders() {
        return requestHeaders;
    }

    /** The changes to the header fields of the response. */
    public HeaderChanges responseHeaders() {
        return responseHeaders;
    }

    /**
     * Whether a filter is to act now, noting that it did. It acts once: not again on {@code ASYNC}, {@code ERROR} and
     * {@code INCLUDE}, and on {@code FORWARD} only if it says so.
     *
     * @param filter the filter, compared by identity
     * @param dispatch how the filter was reached
     * @param againOnForward whether it acts anew for the path forwarded to
     */
    public boolean enter(Object filter, DispatcherType dispatch, boolean againOnForward) {
        return entered.enter(filter, dispatch == DispatcherType.FORWARD && againOnForward);
    }

    /**
     * Waits for something, without a thread where that is possible, within a deadline. If the answer is
     * {@link Awaited.Suspended} the filter returns at once and is called again later, when this method, called with the
     * same owner, gives the outcome. Everywhere else the calling thread waits.
     *
     * @param owner the filter that waits
     * @param stage begins what is waited for; not called again on the second call. What it throws is the outcome
     * @param deadline the longest time to wait, more than zero
     */
    public <T> Awaited<T> await(Object owner, Supplier<? extends CompletionStage<T>> stage, Duration deadline) {
        Waits all = waits;
        if (all == null) {
            all = new Waits();
            waits = all;
        }
        Awaited<T> outcome = all.await(owner, stage, deadline, suspension);
        if (outcome instanceof Awaited.Suspended) {
            entered.forget(owner);
        }
        return outcome;
    }

    /** Says how the request can be set aside while a filter waits; null if it cannot. For whatever runs the filters. */
    public void suspendWith(@Nullable Suspension how) {
        this.suspension = how;
    }

    /**
     * Registers something to do when the exchange is over. The last registered is called first, so that the log, being
     * outermost, sees what all others settled. Must not throw and must not wait; on which thread it runs is not said.
     */
    public void onComplete(Consumer<Exchange> action) {
        completion.register(this, action);
    }

    /**
     * Says that the exchange outlives its request, since the connection goes on in another protocol: it ends when whoever says
     * so calls {@link #complete()}, whatever becomes of the request.
     */
    public void prolong() {
        prolonged = true;
    }

    /** Whether it outlives its request. */
    public boolean isProlonged() {
        return prolonged;
    }

    /** Ends the exchange; only the first call counts. For whatever runs the filters. */
    public void complete() {
        completion.run(this);
    }

    /** Whether the exchange has ended. */
    public boolean isComplete() {
        return completion.isDone();
    }

    /** Names the request by method and route, never by what a client sent in path, query or fields. */
    @Override
    public String toString() {
        return method + " " + (route == null ? "-" : route.name());
    }
}
