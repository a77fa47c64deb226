package dev.lintel.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose body came in one piece, which Jetty sends together with the head in one call, waiting for nobody and asking nobody
 * first. For one answer.
 */
final class WholeAnswer implements Callback {

    private final HttpOutput output;
    private final long length;
    /** Set by whichever comes first: that it is out, or that the call that sends it has returned. */
    private final AtomicBoolean first = new AtomicBoolean();

    private volatile @Nullable ResponseRelay relay;

    /**
     * Makes one that nothing is sent of yet.
     *
     * @param length what the upstream said that the body is long; negative for unknown
     */
    WholeAnswer(HttpOutput output, long length) {
        this.output = output;
        this.length = length;
    }

    /** Whether a piece is all of the body. */
    boolean is(Content.Chunk chunk) {
        return chunk.remaining() == length;
    }

    /**
     * Sends the body, once.
     *
     * @param then is told later, if it is not out now
     * @return whether it is out
     */
    boolean send(ByteBuffer body, ResponseRelay then) {
        relay = then;
        output.sendContent(body, this);
        return !first.compareAndSet(false, true);
    }

    @Override
    public void succeeded() {
        ResponseRelay told = relay;
        if (!first.compareAndSet(false, true) && told != null) {
            told.onWritePossible();
        }
    }

    @Override
    public void failed(Throwable failure) {
        ResponseRelay told = relay;
        if (told != null) {
            told.onError(failure);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
