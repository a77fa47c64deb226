package dev.lintel.server;

import dev.lintel.head.OnePassConnectionFactory;
import dev.lintel.head.OneReaderConnectionFactory;
import dev.lintel.loop.LoopConnector;
import dev.lintel.router.HttpsRedirect;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ProcessorUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes the listeners: strict parsing, bounds, TLS. */
final class Connectors {

    /*
     * Paths that are well-formed but ambiguous reach the gateway, which refuses them by name, with a request id and a line
     * in the log. What is malformed ends here.
     */
    private static final UriCompliance URIS = UriCompliance.RFC3986.with(
            "LINTEL",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    private static final int BACKLOG = 1024;

    /** Of a body at one go, as much as goes on to the upstream at one go. */
    private static final int READ = 16 * 1024;

    private Connectors() {}

    /** One for each processor, since a loop keeps to one, but not so many that few threads are left for what waits. */
    private static int loops(ServerOptions options) {
        return Math.max(
                1,
                Math.min(ProcessorUtils.availableProcessors(), options.limits().threads() / 16));
    }

    /** The listener for the gateway's requests. */
    static ServerConnector front(Server server, ServerOptions options) {
        HttpConfiguration http = strict(options.limits());
        ServerConnector connector = options.oneLoop()
                ? new LoopConnector(server, loops(options), factories(http, options))
                : new ServerConnector(server, factories(http, options));
        if (options.host() != null) {
            connector.setHost(options.host());
        }
        connector.setPort(options.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(options.limits().idleTimeout().toMillis());
        // requests in flight keep their time while the server stops
        connector.setShutdownIdleTimeout(-1);
        server.addBean(new NetworkConnectionLimit(options.limits().connections(), connector));
        return connector;
    }

    /** The listener for the admin endpoints. */
    static ServerConnector admin(Server server, ServerOptions options) {
        ServerConnector connector =
                new ServerConnector(server, 1, 1, new OneReaderConnectionFactory(strict(options.limits())));
        connector.setHost(options.adminHost());
        connector.setPort(options.adminPort());
        connector.setIdleTimeout(options.limits().idleTimeout().toMillis());
        server.addBean(new NetworkConnectionLimit(100, connector));
        return connector;
    }

    /** The listener that redirects to HTTPS, in Jetty's own way: nobody stays there. */
    static ServerConnector redirecting(Server server, ServerOptions options, HttpsRedirect redirect) {
        HttpConfiguration http = strict(options.limits());
        http.addCustomizer((request, fields) -> {
            request.setAttribute(HttpsRedirect.ATTRIBUTE, redirect);
            return request;
        });
        ServerConnector connector = new ServerConnector(server, 1, 1, new OneReaderConnectionFactory(http));
        if (options.host() != null) {
            connector.setHost(options.host());
        }
        connector.setPort(options.redirect() == null ? 0 : options.redirect().port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(options.limits().idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(-1);
        server.addBean(new NetworkConnectionLimit(options.limits().connections(), connector));
        return connector;
    }

    private static HttpConfiguration strict(ServerOptions.Limits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.STRICT);
        // else a value is taken for one of those known that differs from it only in case
        http.setHeaderCacheCaseSensitive(true);
        http.setUriCompliance(URIS);
        http.setRequestHeaderSize(limits.headSize());
        http.setResponseHeaderSize(Math.min(limits.responseHeadSize(), 8192));
        http.setMaxResponseHeaderSize(limits.responseHeadSize());
        // a cache for each connection takes 77 KiB of it, and is emptied by every other token
        http.setHeaderCacheSize(0);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        return http;
    }

    private static ConnectionFactory[] factories(HttpConfiguration http, ServerOptions options) {
        HttpConnectionFactory http1 =
                options.oneLoop() ? new OnePassConnectionFactory(http) : new OneReaderConnectionFactory(http);
        http1.setInputBufferSize(READ);
        TlsOptions tls = options.tls();
        if (tls == null) {
            return options.http2ClearText()
                    ? new ConnectionFactory[] {http1, Http2Listening.inClearText(http, options.limits())}
                    : new ConnectionFactory[] {http1};
        }
        http.addCustomizer(new HostOfCertificate(tls));
        SslContextFactory.Server context = tls.live().contexts();
        if (!tls.http2()) {
            return new ConnectionFactory[] {new SslConnectionFactory(context, http1.getProtocol()), http1};
        }
        ConnectionFactory http2 = Http2Listening.overTls(http, options.limits());
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {new SslConnectionFactory(context, alpn.getProtocol()), alpn, http2, http1};
    }
}
