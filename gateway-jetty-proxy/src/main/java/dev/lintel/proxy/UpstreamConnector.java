package dev.lintel.proxy;

import dev.lintel.socket.ResetAwareEndPoint;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/** Opens connections to upstreams, whose resets are told. */
final class UpstreamConnector extends ClientConnector {

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return channel instanceof SocketChannel socket
                ? new ResetAwareEndPoint(socket, selector, key, getScheduler())
                : super.newEndPoint(channel, selector, key);
    }
}
