package dev.lintel.proxy;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.request.ContextPath;
import dev.lintel.shortcut.NearTransport;
import dev.lintel.tunnel.ConnectionPair;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** Makes the requests of one call to its upstream. */
final class UpstreamRequests {

    private static final long END_MILLIS = 2_000;

    private final HttpClient httpClient;
    private final UpstreamHead head;
    private final UpstreamPool pool;
    private final Exchange exchange;
    private final Route route;
    private final HttpServletRequest request;

    UpstreamRequests(UpstreamHead head, UpstreamPool pool) {
        this.httpClient = pool.client();
        this.head = head;
        this.pool = pool;
        this.exchange = head.exchange();
        this.route = head.route();
        this.request = head.request();
    }

    /** The name of the upstream. */
    String upstream() {
        return pool.upstream().name();
    }

    TargetChoice targets() {
        return new TargetChoice(pool.selector(), isIdempotent());
    }

    Deadlines deadlines(UpstreamCall call) {
        return new Deadlines(
                httpClient.getScheduler(), pool.young(), route.options().timeouts(), call);
    }

    /** The body to send; null if the request has none. */
    @Nullable
    ClientBody body(UpstreamCall call) {
        if (head.isWithoutBody()) {
            return null;
        }
        long length = request.getContentLengthLong();
        boolean inCallbacks = length >= 0 || ClientConnection.of(request).mayReadChunksInCallbacks();
        return new ClientBody(
                call,
                request,
                length,
                route.options(),
                httpClient.getByteBufferPool(),
                inCallbacks ? Runnable::run : this::execute);
    }

    /** Whether the head does not tell if there is a body: HTTP/2 and later need no field for that. */
    boolean mustPeek() {
        return head.mustPeek();
    }

    /** Whether the client waits to be told to send its body. */
    boolean expectsContinue() {
        return request.getHeader("Expect") != null;
    }

    /** Whether sending it twice means the same as once (RFC 9110 section 9.2.2). */
    private boolean isIdempotent() {
        return switch (exchange.method()) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    CallAttempt attempt(UpstreamCall call, Target target, @Nullable ClientBody body) {
        UpstreamPool.Endpoint endpoint = pool.endpoint(target);
        ProxyRequest made = new ProxyRequest(
                httpClient,
                endpoint.origin(),
                endpoint.destination(),
                exchange.method(),
                head.path(target),
                exchange.routedQuery());
        if (!NearTransport.serves(endpoint.destination())) {
            made.idleTimeout(0, TimeUnit.MILLISECONDS);
        }
        if (body != null) {
            made.body(new RequestContent(body));
            if (body.length() < 0) {
                made.trailersSupplier(
                        () -> Trailers.ofRequest(request, head.headers().owned(), exchange.requestHeaders()));
            }
        }
        head.write(endpoint.host(), body != null, (HttpFields.Mutable) made.getHeaders());
        if (pool.upstream().protocol() != Upstream.Protocol.H1) {
            made.speakHttp2();
        }
        return new CallAttempt(call, made, exchange.attempt(pool.upstream().name(), target));
    }

    /** What is changed in an answer to that try; null for nothing. */
    @Nullable
    InsideReferences inside(CallAttempt attempt) {
        if (route.options().answers().isNone()) {
            // before anything is found out that nobody needs
            return null;
        }
        boolean asksForClientHost = pool.upstream().hostHeader() == Upstream.HostHeader.PRESERVED;
        return InsideReferences.of(
                route,
                pool.upstream(),
                attempt.record().target(),
                asksForClientHost ? ForwardedHeaders.authorityOf(exchange) : null,
                ContextPath.of(request));
    }

    /** Whether a try is served by a loop, which gives each connection its turn. */
    boolean isNear(@Nullable CallAttempt attempt) {
        return attempt != null && NearTransport.serves(attempt.request().destination());
    }

    void send(CallAttempt attempt) {
        attempt.request().destination().send(attempt.request(), attempt);
    }

    /** Whether an answer of status 101 is the one that the client has asked for. */
    boolean isAccepted(Response answer) {
        WebSocketHandshake handshake = head.handshake();
        return handshake != null && handshake.isAcceptedBy(answer);
    }

    /** Joins the client's connection and that of an upstream that has accepted. */
    ConnectionPair pair(EndPoint client, EndPoint upstream) {
        return ConnectionPair.join(
                exchange,
                route.options().webSockets().idle(),
                client,
                upstream,
                httpClient.getExecutor(),
                httpClient.getByteBufferPool());
    }

    /** Ends the exchange soon, should the container have lost its client and so forget to tell that the request is over. */
    void seeToTheEnd() {
        if (!exchange.isComplete()) {
            later(exchange::complete);
        }
    }

    /** Runs a short task when an answer has had the time to be sent, and to be received. */
    void later(Runnable task) {
        var unused = httpClient.getScheduler().schedule(task, END_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Runs a task that may wait. */
    void execute(Runnable task) {
        try {
            httpClient.getExecutor().execute(task);
        } catch (RejectedExecutionException stopping) {
            task.run();
        }
    }

    /** Whether a request has to wait because all connections are in use. */
    boolean isPoolFull(CallAttempt attempt) {
        return attempt.request().destination().getConnectionPool() instanceof AbstractConnectionPool connections
                && connections.getActiveConnectionCount() >= connections.getMaxConnectionCount();
    }
}
