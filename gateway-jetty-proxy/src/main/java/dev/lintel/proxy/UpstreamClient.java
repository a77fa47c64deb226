package dev.lintel.proxy;

import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;

/**
 * A client that sends a request nowhere but to the destination that it was made for. Jetty's looks for one by the request's host, if a
 * connection closes in the moment in which a request gets it; over HTTP/2 that may be a host that a client of the gateway has named.
 */
@SuppressWarnings("try") // Jetty's close() may be interrupted
final class UpstreamClient extends HttpClient {

    UpstreamClient(HttpClientTransport transport) {
        super(transport);
    }

    @Override
    public Destination resolveDestination(Request request) {
        return request instanceof ProxyRequest ours ? ours.destination() : super.resolveDestination(request);
    }
}
