package dev.lintel.socket;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * A pool that lends: what it hands out is good once, and whoever still holds it after giving it back reaches nobody else's bytes, neither
 * by clearing the buffer nor by giving it back again (that is an {@code IllegalStateException}).
 *
 * <p>Jetty's receiver of HTTP/1.1 answers needs that. A connection can fail on another thread, or deeper in the same one, while an
 * answer is being told; when that returns, the receiver clears the buffer that it parsed from, which went back to the pool meanwhile and
 * may hold what is on its way to someone else. Thread-safe, as the pool below is.
 */
public final class BufferLeases extends ByteBufferPool.Wrapper {

    /** Lends from a pool. */
    public BufferLeases(ByteBufferPool pool) {
        super(pool);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        RetainableByteBuffer.Mutable pooled = super.acquire(size, direct);
        return RetainableByteBuffer.wrap(pooled.getByteBuffer().duplicate(), pooled::release);
    }
}
