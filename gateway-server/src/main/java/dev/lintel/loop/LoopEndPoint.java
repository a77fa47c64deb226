package dev.lintel.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** A connection whose events are turns of its loop where they do not wait, and are left to Jetty where they may. */
final class LoopEndPoint extends SocketChannelEndPoint {

    private final Turn turn;
    private final LoopClientConnector.@Nullable UpstreamSide side;

    /**
     * Makes the end point of a connection.
     *
     * @param server whose selectors serve it
     * @param side who opened it; null if a client did
     */
    LoopEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            LoopConnector server,
            LoopClientConnector.@Nullable UpstreamSide side) {
        super(channel, selector, key, server.getScheduler());
        this.turn = new Turn(selector, server.watch(selector));
        this.side = side;
    }

    /** Who opened it; null if a client did. */
    LoopClientConnector.@Nullable UpstreamSide side() {
        return side;
    }

    /** Gives nothing for now once a turn has read enough: whoever reads asks to be told of more, and there is another turn. */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (!Turn.mayRead()) {
            return 0;
        }
        int count = super.fill(buffer);
        Turn.read(count);
        return count;
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        // what does not wait is run by the thread that asks here, before it asks for anything else
        return task != null && Invocable.getInvocationType(task) == Invocable.InvocationType.NON_BLOCKING
                ? turn.of(task)
                : task;
    }
}
