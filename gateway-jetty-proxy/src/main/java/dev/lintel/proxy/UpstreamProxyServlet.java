package dev.lintel.proxy;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.upstream.Target;
import dev.lintel.upstream.Upstream;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Sends requests to the upstream of their route. */
public final class UpstreamProxyServlet extends AsyncProxyServlet {

    private static final long serialVersionUID = 1L;

    private final transient Gateway gateway;

    /** Makes the servlet; it runs after {@code init}. */
    public UpstreamProxyServlet(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    protected HttpClient newHttpClient() {
        HttpClient client = super.newHttpClient();
        client.setExecutor(new QueuedThreadPool(16));
        return client;
    }

    @Override
    protected @Nullable String rewriteTarget(HttpServletRequest request) {
        Exchange exchange = Exchange.of(request);
        Route route = exchange == null ? null : exchange.route();
        if (exchange == null || route == null || !(route.destination() instanceof Destination.ToUpstream to)) {
            return null;
        }
        Upstream upstream = gateway.upstreams().get(to.name());
        if (upstream == null) {
            return null;
        }
        Target target = upstream.source().targets().get(0);
        String query = exchange.forwardedQuery() == null ? "" : "?" + exchange.forwardedQuery();
        return target + route.rewritten(exchange.path()) + query;
    }
}
