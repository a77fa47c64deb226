package dev.lintel.proxy;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.Rejections;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the upstream of their route and the answers back, as they are. Run by the router after the last filter,
 * with an exchange that has a route to an upstream. Waits for nobody: the request goes on asynchronously.
 *
 * <p>Whatever {@link AsyncProxyServlet} does on the way of a request is replaced: it changes what it passes on, and hangs
 * where an upstream is unusual. Thread-safe.
 */
public final class UpstreamProxyServlet extends AsyncProxyServlet {

    /**
     * A context attribute by which a Jetty server may say how connections to upstreams are made: a {@code Supplier} of a {@code
     * ClientConnector}, asked once for each client. Without it they have threads of their own that watch them.
     */
    public static final String CONNECTORS = "dev.lintel.proxy.connectors";

    private static final long serialVersionUID = 1L;

    private final transient Gateway gateway;
    private final transient RequestHeaderCopy headers;
    private final transient Map<String, UpstreamPool> pools = new HashMap<>();
    private final transient UpstreamConnections connections;
    private transient @Nullable HttpClient client;

    /**
     * Makes the servlet; it runs between {@code init} and {@code destroy}.
     *
     * @param gateway whose upstreams are asked
     * @param connections those that it shares with gateways before and after it
     */
    public UpstreamProxyServlet(Gateway gateway, UpstreamConnections connections) {
        this.gateway = gateway;
        this.connections = connections;
        this.headers = new RequestHeaderCopy(gateway.ownedHeaders());
    }

    @Override
    public void init() throws ServletException {
        JettyVersions.check();
        try {
            HttpClient http1 = connections.join(getServletContext(), gateway.routes());
            client = http1;
            for (Upstream upstream : gateway.upstreams().values()) {
                HttpClient speaking = upstream.protocol() == Upstream.Protocol.H1
                        ? http1
                        : connections.http2(getServletContext(), gateway.routes());
                UpstreamPool pool = new UpstreamPool(upstream, speaking, connections);
                pools.put(upstream.name(), pool);
                pool.open();
            }
        } catch (LinkageError missing) {
            throw JettyVersions.unusable(missing);
        } catch (Exception failed) {
            throw new ServletException("client for upstreams: not started", failed);
        }
    }

    /** Gives the connections back; those that nobody else uses are closed. Without effect unless {@code init} has begun. */
    @Override
    public void destroy() {
        pools.values().forEach(UpstreamPool::close);
        if (client != null) {
            client = null;
            connections.leave();
        }
    }

    @Override
    protected @Nullable HttpClient getHttpClient() {
        return client;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Exchange exchange = Exchange.of(request);
        Route route = exchange == null ? null : exchange.route();
        if (exchange == null || route == null || this.client == null) {
            throw new ServletException("exchange: none (expected: run by the router, after init)");
        }
        if (!(route.destination() instanceof Destination.ToUpstream to)) {
            throw new ServletException("route " + route.name() + ": no upstream (expected: one)");
        }
        UpstreamPool pool = pools.get(to.name());
        if (pool == null) {
            throw new ServletException("upstream " + to.name() + ": unknown (expected: one of the gateway's)");
        }
        ClientResponse client = new ClientResponse(exchange, request, response);
        boolean usual = isUsual(request);
        boolean upgrades = !usual && WebSocketHandshake.isAsked(request);
        WebSocketHandshake handshake = upgrades ? WebSocketHandshake.of(request) : null;
        UpstreamHead head = new UpstreamHead(headers, exchange, route, pool.upstream(), request, handshake);
        CallFailure refused =
                !usual && ViaHeader.isLoop(request) ? CallFailure.LOOP : upgrades ? refusal(head, client) : null;
        if (refused != null) {
            Rejections.answer(exchange, request, response, refused.rejection());
            return;
        }
        new UpstreamCall(new UpstreamRequests(head, pool), exchange, client).start();
    }

    /**
     * What {@code service} would send of a request that is only described, without any effect. May be called before {@code init}.
     *
     * @param request the request with the changes of all filters
     * @param exchange its facts
     * @param route its route
     * @throws IllegalArgumentException if the route leads to no upstream of the gateway
     */
    public OutgoingRequest describe(HttpServletRequest request, Exchange exchange, Route route) {
        Upstream upstream = route.destination() instanceof Destination.ToUpstream to
                ? gateway.upstreams().get(to.name())
                : null;
        if (upstream == null) {
            throw new IllegalArgumentException("route " + route.name() + ": no upstream (expected: one)");
        }
        return OutgoingRequest.of(headers, exchange, route, upstream, request);
    }

    /** Whether one look at all fields tells that the request neither asks for another protocol nor has passed a proxy. */
    private static boolean isUsual(HttpServletRequest request) {
        HttpFields fields = ClientConnection.fieldsOf(request);
        if (fields == null) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.getField(i);
            if (field.getHeader() == HttpHeader.UPGRADE || field.getHeader() == HttpHeader.VIA) {
                return false;
            }
        }
        return true;
    }

    private @Nullable CallFailure refusal(UpstreamHead head, ClientResponse client) {
        CallFailure failure = head.refusal(client.mayChangeProtocol());
        return failure != null || connections.permits().take(head.exchange(), head.route())
                ? failure
                : CallFailure.WEB_SOCKETS;
    }
}
