package dev.lintel.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Listens, and has its selectors serve the connections to upstreams as well. */
public final class LoopConnector extends ServerConnector implements Supplier<ClientConnector> {

    private volatile @Nullable HoldUps holdUps;
    private volatile EndPoints endPoints = LoopEndPoint::new;

    /**
     * Makes a connector.
     *
     * @param server whose threads are {@link LoopThreads}
     * @param loops how many there are, at least 1
     * @param factories what speaks the protocols
     */
    public LoopConnector(Server server, int loops, ConnectionFactory... factories) {
        super(server, null, null, null, -1, loops, factories);
    }

    /** Has turns watched that begin on connections made from now on. */
    public void watchedBy(HoldUps watching) {
        holdUps = watching;
        addBean(watching);
    }

    /** A connector for one client of the same server; its connections last while this one runs. */
    @Override
    public ClientConnector get() {
        return new LoopClientConnector(this);
    }

    /** What makes the end points of connections. */
    interface EndPoints {

        /**
         * Makes the end point of a connection.
         *
         * @param server whose selectors serve it
         * @param side who opened it; null if a client did
         */
        LoopEndPoint of(
                SocketChannel channel,
                ManagedSelector selector,
                SelectionKey key,
                LoopConnector server,
                LoopClientConnector.@Nullable UpstreamSide side);
    }

    /** Has those of connections made from now on made otherwise, for tests that count what is asked of the system. */
    void endPoints(EndPoints making) {
        endPoints = making;
    }

    EndPoints endPoints() {
        return endPoints;
    }

    HoldUps.@Nullable Watch watch(ManagedSelector selector) {
        return holdUps == null ? null : holdUps.of(selector);
    }

    /** The selector for a new connection to an upstream: of the loop that asks, else any; null when stopped. */
    @Nullable
    ManagedSelector selector() {
        ManagedSelector own = Turn.selector();
        return own != null && own.isRunning() ? own : bothSides().any();
    }

    /** A connection to an upstream is about to be registered that was made at once. */
    void expectFromUpstream(SelectableChannel channel) {
        bothSides().atOnce.add(channel);
    }

    private BothSides bothSides() {
        return (BothSides) getSelectorManager();
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new BothSides(executor, scheduler, selectors);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = endPoints.of(channel, selector, key, this, null);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /**
     * The selectors. What concerns a connection to an upstream, known by what it was registered with, is for the client's connector
     * that opened it; whoever counts the connections of clients is told nothing of it.
     */
    private final class BothSides extends ServerConnectorManager {

        /** Connections to upstreams that needed no waiting, until Jetty says that it has "accepted" them. */
        private final Set<SelectableChannel> atOnce = ConcurrentHashMap.newKeySet();

        BothSides(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        private @Nullable ManagedSelector any() {
            return chooseSelector();
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(
                SelectableChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
            LoopClientConnector.UpstreamSide side = LoopClientConnector.sideOf(key.attachment());
            return side == null
                    ? super.newEndPoint(channel, selector, key)
                    : side.newEndPoint((SocketChannel) channel, selector, key);
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, @Nullable Object attachment)
                throws IOException {
            LoopClientConnector.UpstreamSide side = LoopClientConnector.sideOf(attachment);
            if (side == null || attachment == null) {
                return super.newConnection(channel, endPoint, attachment);
            }
            try {
                return side.newConnection(channel, endPoint, attachment);
            } catch (IOException | RuntimeException | Error failed) {
                // Jetty closes the channel and tells nobody
                side.closed(endPoint);
                throw failed;
            }
        }

        @Override
        public void connectionOpened(Connection connection, @Nullable Object attachment) {
            LoopClientConnector.UpstreamSide side = LoopClientConnector.sideOf(attachment);
            if (side == null || attachment == null) {
                super.connectionOpened(connection, attachment);
            } else {
                side.connectionOpened(connection, attachment);
            }
        }

        @Override
        protected void connectionFailed(SelectableChannel channel, Throwable failure, Object attachment) {
            LoopClientConnector.UpstreamSide side = LoopClientConnector.sideOf(attachment);
            if (side != null) {
                side.connectionFailed(channel, failure, attachment);
            }
        }

        @Override
        protected void onAccepted(SelectableChannel channel) {
            if (!atOnce.remove(channel)) {
                super.onAccepted(channel);
            }
        }

        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable failure, @Nullable Object attachment) {
            atOnce.remove(channel);
            LoopClientConnector.UpstreamSide side = LoopClientConnector.sideOf(attachment);
            if (side == null || attachment == null) {
                super.onAcceptFailed(channel, failure, attachment);
            } else {
                side.onAcceptFailed(channel, failure, attachment);
            }
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            if (sideOf(endPoint) == null) {
                super.endPointOpened(endPoint);
            }
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            LoopClientConnector.UpstreamSide side = sideOf(endPoint);
            if (side == null) {
                super.endPointClosed(endPoint);
            } else {
                side.closed(endPoint);
            }
        }

        private static LoopClientConnector.@Nullable UpstreamSide sideOf(EndPoint endPoint) {
            return endPoint instanceof LoopEndPoint known ? known.side() : null;
        }
    }
}
