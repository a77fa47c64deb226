package dev.lintel.loop;

import dev.lintel.socket.Loops;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Opens connections to upstreams, which the selectors of a {@link LoopConnector} serve. Thread-safe. */
final class LoopClientConnector extends ClientConnector implements Loops {

    private final LoopConnector server;

    LoopClientConnector(LoopConnector server) {
        this.server = server;
    }

    @Override
    public @Nullable Object current() {
        return Turn.selector();
    }

    @Override
    public @Nullable Object of(EndPoint plain) {
        return plain instanceof LoopEndPoint known ? known.loop() : null;
    }

    /** Who opened the connection that was registered with this; null for one of a client. */
    static @Nullable UpstreamSide sideOf(@Nullable Object attachment) {
        return attachment instanceof Map<?, ?> context
                        && context.get(CONTEXT_KEY) instanceof LoopClientConnector connector
                        && connector.getSelectorManager() instanceof UpstreamSide side
                ? side
                : null;
    }

    @Override
    protected SelectorManager newSelectorManager() {
        return new UpstreamSide(getExecutor(), getScheduler());
    }

    /**
     * The client's end of the shared selectors: has none of its own, makes end points and connections the way the client does,
     * and knows them all, so that it can close them when the client stops and the server goes on.
     */
    final class UpstreamSide extends ClientSelectorManager {

        private final Map<SelectableChannel, Object> connecting = new ConcurrentHashMap<>();
        private final Set<EndPoint> open = ConcurrentHashMap.newKeySet();
        private volatile boolean ended;

        UpstreamSide(Executor executor, Scheduler scheduler) {
            super(executor, scheduler, 1);
        }

        @Override
        public void setConnectTimeout(long milliseconds) {
            super.setConnectTimeout(milliseconds);
            // the shared selectors watch over it
            server.getSelectorManager().setConnectTimeout(milliseconds);
        }

        /** Never started: its place is taken by the server's. */
        @Override
        protected ManagedSelector newSelector(int id) {
            return new ManagedSelector(this, id) {
                @Override
                protected void doStart() {
                    // no thread
                }

                @Override
                protected void doStop() {
                    // nothing to end
                }
            };
        }

        @Override
        protected @Nullable ManagedSelector chooseSelector() {
            return server.selector();
        }

        @Override
        public void connect(SelectableChannel channel, Object attachment) {
            connecting.put(channel, attachment);
            super.connect(channel, attachment);
            failIfEnded(channel);
        }

        @Override
        public void accept(SelectableChannel channel, Object attachment) {
            connecting.put(channel, attachment);
            server.expectFromUpstream(channel);
            super.accept(channel, attachment);
            failIfEnded(channel);
        }

        private void failIfEnded(SelectableChannel channel) {
            Object attachment = ended || !server.isRunning() ? connecting.get(channel) : null;
            if (attachment != null) {
                IO.close(channel);
                connectionFailed(channel, new ClosedChannelException(), attachment);
            }
        }

        SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key)
                throws ClosedChannelException {
            SocketChannelEndPoint endPoint = server.endPoints().of(channel, selector, key, server, this);
            endPoint.setIdleTimeout(getIdleTimeout().toMillis());
            open.add(endPoint);
            if (ended) {
                // whoever waits for it is told of the failure, since it still is among those being connected
                open.remove(endPoint);
                throw new ClosedChannelException();
            }
            connecting.remove(channel);
            return endPoint;
        }

        @Override
        public void connectionOpened(Connection connection, Object attachment) {
            super.connectionOpened(connection, attachment);
        }

        @Override
        protected void connectionFailed(SelectableChannel channel, Throwable failure, Object attachment) {
            if (connecting.remove(channel) != null || !ended) {
                super.connectionFailed(channel, failure, attachment);
            }
        }

        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable failure, Object attachment) {
            if (connecting.remove(channel) != null || !ended) {
                super.onAcceptFailed(channel, failure, attachment);
            }
        }

        void closed(EndPoint endPoint) {
            open.remove(endPoint);
        }

        @Override
        protected void doStop() throws Exception {
            ended = true;
            for (SelectableChannel channel : connecting.keySet()) {
                failIfEnded(channel);
            }
            for (EndPoint endPoint : open) {
                Connection connection = endPoint.getConnection();
                IO.close(connection == null ? endPoint : connection);
            }
            super.doStop();
        }
    }
}
