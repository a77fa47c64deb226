package dev.lintel.shortcut;

import dev.lintel.socket.Loops;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;

/** HTTP/1.1 over connections that loops serve, each near to who asks for it. */
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

    @Override
    public Destination newDestination(Origin origin) {
        return new DirectDestination(getHttpClient(), origin);
    }
}
