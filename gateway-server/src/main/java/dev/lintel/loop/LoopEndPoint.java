package dev.lintel.loop;

import dev.lintel.socket.ResetAwareEndPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** A connection whose events are turns of its loop where they do not wait, and are left to Jetty where they may. */
final class LoopEndPoint extends ResetAwareEndPoint {

    /** What the session of an engine says until there is one. */
    private static final String NO_PROTOCOL = "NONE";

    private final ManagedSelector loop;
    private final Turn turn;
    private KeptInterest interest;
    /** Whether no TLS is being set up any more; the loop's own. */
    private boolean settled;
    /** Whether a read found less than it had room for, and nothing has been told since. */
    private volatile boolean drained;

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
        this(channel, selector, new KeptInterest(key), server, side);
    }

    private LoopEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            KeptInterest interest,
            LoopConnector server,
            LoopClientConnector.@Nullable UpstreamSide side) {
        super(channel, selector, interest, server.getScheduler());
        this.interest = interest;
        this.loop = selector;
        this.turn = new Turn(selector, server.watch(selector));
        this.side = side;
    }

    /** Who opened it; null if a client did. */
    LoopClientConnector.@Nullable UpstreamSide side() {
        return side;
    }

    /** The selector that serves it. */
    ManagedSelector loop() {
        return loop;
    }

    /**
     * Gives nothing for now once a turn has read enough, and where the last read has left nothing: whoever reads asks to be told of more,
     * and there is another turn. A worker reads in any case.
     */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (!Turn.mayRead() || drained && Turn.selector() == loop) {
            return 0;
        }
        int space = BufferUtil.space(buffer);
        int count = read(buffer);
        drained = count >= 0 && count < space;
        Turn.read(count);
        return count;
    }

    /** Jetty's server is not made for resets here; that a client has gone is found in another way. */
    private int read(ByteBuffer buffer) throws IOException {
        try {
            return super.fill(buffer);
        } catch (IOException reset) {
            if (side == null) {
                return -1;
            }
            throw reset;
        }
    }

    @Override
    public @Nullable Runnable onSelected() {
        drained = false;
        interest.selected();
        Runnable task = super.onSelected();
        if (task == null || isShakingHands()) {
            // signing takes as long as many requests
            return task == null ? null : Invocable.from(Invocable.InvocationType.BLOCKING, task);
        }
        // what does not wait is run by the thread that asks here, before it asks for anything else
        return Invocable.getInvocationType(task) == Invocable.InvocationType.BLOCKING ? task : turn.of(task);
    }

    /** Whether TLS is being set up; never again once it has been. */
    private boolean isShakingHands() {
        if (settled) {
            return false;
        }
        if (getConnection() instanceof SslConnection tls) {
            SSLEngine engine = tls.getSSLEngine();
            settled = engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                    && !engine.getSession().getProtocol().equals(NO_PROTOCOL);
        } else {
            settled = true;
        }
        return !settled;
    }

    @Override
    public void replaceKey(SelectionKey key) {
        interest = new KeptInterest(key);
        super.replaceKey(interest);
    }
}
