package dev.lintel.proxy;

import dev.lintel.upstream.Target;
import java.util.List;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable;

/** HTTP/2 to upstreams. The only class that needs its client, so that it is not loaded where no upstream speaks HTTP/2. */
final class Http2Transport {

    /** What may arrive of one answer, and of all on a connection, while a client does not read it. */
    private static final int STREAM_WINDOW = 512 * 1024;

    private static final int SESSION_WINDOW = 8 * 1024 * 1024;

    /** How many requests wait for a new connection before another is opened; then the upstream itself tells. */
    private static final int EXPECTED_STREAMS = 100;

    private Http2Transport() {}

    /** Makes the transport of a client. */
    static HttpClientTransport create(ClientConnector connector) {
        HTTP2Client http2 = new HTTP2Client(connector);
        http2.setInitialStreamRecvWindow(STREAM_WINDOW);
        http2.setInitialSessionRecvWindow(SESSION_WINDOW);
        HttpClientTransportOverHTTP2 transport = new HttpClientTransportOverHTTP2(http2);
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        transport.setConnectionPoolFactory(destination ->
                new MultiplexConnectionPool(destination, UpstreamPool.Kind.mostOf(destination), EXPECTED_STREAMS));
        return transport;
    }

    /** What a connection to a target is negotiated by, or known to speak. */
    static Origin.Protocol protocol(Target target) {
        return new Origin.Protocol(List.of(target.scheme().equals("https") ? "h2" : "h2c"), false);
    }
}
