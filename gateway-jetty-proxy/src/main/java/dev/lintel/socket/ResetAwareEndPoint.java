package dev.lintel.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An end point that tells a reset from an end. Jetty's takes both for an end, and an answer that lasts until its connection ends
 * is whole after the one and cut short after the other (RFC 9112 section 8).
 */
public class ResetAwareEndPoint extends SocketChannelEndPoint {

    /** Makes the end point of a connection. */
    public ResetAwareEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /**
     * Reads what has arrived.
     *
     * @return how many bytes; 0 if none has arrived, -1 at an orderly end, and when a reset was told before
     * @throws IOException at a reset
     */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (isInputShutdown()) {
            return -1;
        }
        int position = BufferUtil.flipToFill(buffer);
        try {
            int count = getChannel().read(buffer);
            if (count > 0) {
                notIdle();
            } else if (count < 0) {
                shutdownInput();
            }
            return count;
        } catch (IOException reset) {
            shutdownInput();
            throw reset;
        } finally {
            BufferUtil.flipToFlush(buffer, position);
        }
    }
}
