package dev.lintel.proxy;

import dev.lintel.Route;
import dev.lintel.shortcut.NearTransport;
import dev.lintel.socket.BufferLeases;
import dev.lintel.socket.Loops;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ProcessorUtils;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the client that all routes share: strict, and without everything that a browser would need. */
final class ClientFactory {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamProxyServlet.class);

    private static final String NAME = "lintel-proxy";
    private static final String SERVER_EXECUTOR = "org.eclipse.jetty.server.Executor";
    private static final int BUFFER = 16 * 1024;
    private static final int RESPONSE_HEAD = 32 * 1024;
    private static final int REQUEST_HEAD = 64 * 1024;
    private static final int QUEUE = 1024;
    private static final long KEPT_CONNECTION_MILLIS = 60_000;
    private static final long RESOLVE_MILLIS = 5_000;
    private static final long STOP_MILLIS = 5_000;

    private ClientFactory() {}

    /**
     * Makes and starts a client.
     *
     * @param context where the proxy runs; a server's threads are shared if it tells them
     * @param routes whose connect timeouts bound an attempt to connect
     * @param http2 whether it speaks HTTP/2, else HTTP/1.1
     * @throws Exception if it cannot be started
     */
    static HttpClient start(ServletContext context, List<Route> routes, boolean http2) throws Exception {
        ClientConnector connector = connector(context);
        connector.setSslContextFactory(new OnDemandTls());
        connector.setSelectors(Math.max(1, ProcessorUtils.availableProcessors() / 2));
        HttpClient client = new UpstreamClient(http2 ? Http2Transport.create(connector) : http1(connector));
        shareThreads(client, context);
        client.setName(NAME);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setHttpCompliance(HttpCompliance.STRICT);
        client.setRequestBufferSize(BUFFER);
        client.setMaxRequestHeadersSize(REQUEST_HEAD);
        client.setResponseBufferSize(BUFFER);
        client.setMaxResponseHeadersSize(RESPONSE_HEAD);
        client.setMaxRequestsQueuedPerDestination(QUEUE);
        client.setConnectTimeout(longestConnectMillis(routes));
        client.setAddressResolutionTimeout(RESOLVE_MILLIS);
        client.setIdleTimeout(KEPT_CONNECTION_MILLIS);
        client.addBean(new YoungCalls(client.getScheduler()));
        client.start();
        Containers.stopWithServer(client, context);
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        client.getProtocolHandlers().put(new InterimAnswers());
        return client;
    }

    /** The server's own kind where it offers one, see {@link UpstreamProxyServlet#CONNECTORS}. */
    private static ClientConnector connector(ServletContext context) {
        return context.getAttribute(UpstreamProxyServlet.CONNECTORS) instanceof Supplier<?> offered
                        && offered.get() instanceof ClientConnector connector
                ? connector
                : new UpstreamConnector();
    }

    private static HttpClientTransport http1(ClientConnector connector) {
        HttpClientTransportOverHTTP transport = connector instanceof Loops loops
                ? new NearTransport(connector, loops, UpstreamPool.Kind::mostOf)
                : shared(connector);
        // else a value is taken for one of those known that differs from it only in case
        transport.setHeaderCacheCaseSensitive(true);
        // nothing that is done with an answer waits, so the thread that reads it may do it
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        // takes 77 KiB of each connection and saves little: what differs from answer to answer is what costs
        transport.setHeaderCacheSize(0);
        return transport;
    }

    private static HttpClientTransportOverHTTP shared(ClientConnector connector) {
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        transport.setConnectionPoolFactory(
                destination -> new DuplexConnectionPool(destination, UpstreamPool.Kind.mostOf(destination)));
        return transport;
    }

    /** Has attempts to connect take as long as some route allows; those of other routes end by their own limit. */
    static void allowConnecting(HttpClient client, List<Route> routes) {
        client.setConnectTimeout(Math.max(client.getConnectTimeout(), longestConnectMillis(routes)));
    }

    /**
     * Stops a client; its connections are closed when this returns, unless it is called by the client itself, which cannot
     * wait for its own end.
     */
    static void stop(HttpClient client) {
        Thread stopper = new Thread(() -> stopNow(client), NAME + "-stop");
        stopper.setDaemon(true);
        stopper.start();
        if (!isCalledByClient()) {
            try {
                stopper.join(STOP_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isCalledByClient() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .anyMatch(name -> name.startsWith("org.eclipse.jetty.client.")
                                || name.startsWith("org.eclipse.jetty.io.ManagedSelector")));
    }

    private static void stopNow(HttpClient client) {
        try {
            client.stop();
        } catch (Exception failed) {
            LOG.warn("client for upstreams: not stopped ({})", failed.toString());
        }
    }

    private static void shareThreads(HttpClient client, ServletContext context) {
        if (context.getAttribute(SERVER_EXECUTOR) instanceof Executor executor) {
            client.setExecutor(executor);
        } else {
            QueuedThreadPool threads = new QueuedThreadPool(Math.max(8, 4 * ProcessorUtils.availableProcessors()), 1);
            threads.setName(NAME);
            threads.setDaemon(true);
            client.setExecutor(threads);
        }
        if (!Containers.shareJettyServer(client, context)) {
            client.setScheduler(new ScheduledExecutorScheduler(NAME + "-scheduler", true));
            client.setByteBufferPool(new BufferLeases(new ArrayByteBufferPool()));
        }
    }

    private static long longestConnectMillis(List<Route> routes) {
        long longest = 2_000;
        for (Route route : routes) {
            longest = Math.max(longest, route.options().timeouts().connect().toMillis());
        }
        return longest;
    }
}
