package dev.lintel.shortcut;

import dev.lintel.socket.Loops;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * HTTP/1.1 over connections that loops serve, each near to who asks for it. A request has no idle time there, whatever it says: who sends
 * it sees to its time. Thread-safe.
 */
public final class NearTransport extends HttpClientTransportOverHTTP {

    /**
     * Makes the transport of a client.
     *
     * @param connector opens connections
     * @param loops what serves them
     * @param most the most connections to a target
     */
    public NearTransport(ClientConnector connector, Loops loops, ToIntFunction<Destination> most) {
        super(connector);
        setConnectionPoolFactory(destination -> new NearConnections(destination, most.applyAsInt(destination), loops));
    }

    /** Whether requests to a destination go over such connections. */
    public static boolean serves(Destination destination) {
        return destination instanceof DirectDestination;
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new DirectDestination(getHttpClient(), origin);
    }

    @Override
    public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
        NearConnection connection = new NearConnection(endPoint, context);
        connection.setInitialize(isInitializeConnections());
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return customize(connection, context);
    }
}
