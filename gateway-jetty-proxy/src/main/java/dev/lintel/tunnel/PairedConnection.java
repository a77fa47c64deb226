package dev.lintel.tunnel;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/** One of two connections: reads from its own connection and writes to the other side's, one buffer at a time. */
final class PairedConnection extends AbstractConnection implements Connection.UpgradeTo {

    private static final int BUFFER = 16 * 1024;

    private final ByteBufferPool buffers;
    private final LongConsumer counter;
    private final Flow flow = new Flow();
    private @Nullable ConnectionPair pair;
    private @Nullable EndPoint other;
    /** What the old protocol's parser had read beyond its message. */
    private @Nullable ByteBuffer early;

    PairedConnection(EndPoint own, Executor executor, ByteBufferPool buffers, LongConsumer counter) {
        super(own, executor);
        this.buffers = buffers;
        this.counter = counter;
    }

    void join(ConnectionPair joined, EndPoint otherSide) {
        this.pair = joined;
        this.other = otherSide;
    }

    @Override
    public void onUpgradeTo(ByteBuffer read) {
        early = BufferUtil.copy(read);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        pair().opened();
    }

    void flow() {
        flow.iterate();
    }

    @Override
    public void onFillable() {
        flow.iterate();
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        pair().breakOff(cause);
    }

    @Override
    public boolean onIdleExpired(TimeoutException expired) {
        return pair().expires(expired);
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        pair().closed(cause);
    }

    void breakOff(Throwable cause) {
        flow.abort(cause);
        getEndPoint().close(cause);
    }

    private ConnectionPair pair() {
        return requireNonNull(pair, "pair");
    }

    private EndPoint other() {
        return requireNonNull(other, "other");
    }

    private final class Flow extends IteratingCallback {

        private @Nullable RetainableByteBuffer held;

        @Override
        protected Action process() throws Throwable {
            ByteBuffer first = early;
            if (first != null) {
                early = null;
                return pass(first);
            }
            RetainableByteBuffer buffer = buffers.acquire(BUFFER, true);
            held = buffer;
            int count = getEndPoint().fill(buffer.getByteBuffer());
            if (count > 0) {
                return pass(buffer.getByteBuffer());
            }
            release();
            if (count == 0) {
                fillInterested();
                return Action.IDLE;
            }
            pair().finished(other());
            return Action.SUCCEEDED;
        }

        private Action pass(ByteBuffer bytes) {
            counter.accept(bytes.remaining());
            pair().moved();
            other().write(this, bytes);
            return Action.SCHEDULED;
        }

        @Override
        protected void onSuccess() {
            pair().moved();
            release();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            release();
            pair().breakOff(cause);
        }

        private void release() {
            RetainableByteBuffer done = held;
            if (done != null) {
                held = null;
                done.release();
            }
        }
    }
}
