package dev.lintel.proxy;

import dev.lintel.Route;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to upstreams, which outlive the gateway that opened them: one that takes over finds those to the targets that it has,
 * too, and the same count of WebSocket connections. What no gateway uses any more is closed. Thread-safe.
 */
public final class UpstreamConnections {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    private final WebSocketPermits permits = new WebSocketPermits();
    private final Map<Destination, Integer> users = new HashMap<>();
    private @Nullable HttpClient http1;
    private @Nullable HttpClient http2;
    /** How many gateways are between {@code join} and {@code leave}. */
    private int gateways;

    /** Makes a place without connections. */
    public UpstreamConnections() {}

    WebSocketPermits permits() {
        return permits;
    }

    /**
     * Begins to serve one more gateway; to be left once.
     *
     * @param context where the proxy runs
     * @param routes whose connect timeouts bound an attempt to connect
     * @return the client of HTTP/1.1
     * @throws Exception if it cannot be started
     */
    synchronized HttpClient join(ServletContext context, List<Route> routes) throws Exception {
        HttpClient client = http1;
        if (client == null) {
            client = ClientFactory.start(context, routes, false);
            http1 = client;
        }
        ClientFactory.allowConnecting(client, routes);
        if (http2 != null) {
            ClientFactory.allowConnecting(http2, routes);
        }
        gateways++;
        return client;
    }

    /** The client of HTTP/2, which most gateways do without. */
    synchronized HttpClient http2(ServletContext context, List<Route> routes) throws Exception {
        HttpClient client = http2;
        if (client == null) {
            client = ClientFactory.start(context, routes, true);
            http2 = client;
        }
        return client;
    }

    /** Serves a gateway less; the last that leaves ends the clients and all connections. */
    void leave() {
        HttpClient first;
        HttpClient second;
        synchronized (this) {
            if (--gateways > 0) {
                return;
            }
            first = http1;
            second = http2;
            http1 = null;
            http2 = null;
            users.clear();
        }
        stop(first);
        stop(second);
    }

    private static void stop(@Nullable HttpClient started) {
        if (started != null) {
            ClientFactory.stop(started);
        }
    }

    /**
     * The connections to a target, to be given back once.
     *
     * @param client whose
     * @param upstream what says how many there may be, and what is spoken on them
     */
    synchronized Destination take(HttpClient client, Upstream upstream, Target target) {
        boolean speaksHttp1 = upstream.protocol() == Upstream.Protocol.H1;
        Origin.Protocol protocol = speaksHttp1 ? null : Http2Transport.protocol(target);
        Object tag = new UpstreamPool.Kind(upstream.maxConnections(), upstream.tls());
        Destination found =
                client.resolveDestination(new Origin(target.scheme(), target.host(), target.port(), tag, protocol));
        users.merge(found, 1, Integer::sum);
        return found;
    }

    /** Gives back what {@link #take} gave; nobody sends there any more on behalf of who took it. */
    void giveBack(HttpClient client, Destination destination) {
        synchronized (this) {
            Integer left = users.computeIfPresent(destination, (known, count) -> count == 1 ? null : count - 1);
            if (left != null || !client.isRunning()) {
                return;
            }
            // within the lock, so that nobody takes it in between
            client.removeDestination(destination);
        }
        try {
            ((LifeCycle) destination).stop();
        } catch (Exception failed) {
            LOG.warn(
                    "connections to {}: not closed ({})",
                    destination.getOrigin().asString(),
                    failed.toString());
        }
    }

    /** How many targets are connected to, as far as some gateway uses them. */
    synchronized int targets() {
        return users.size();
    }
}
