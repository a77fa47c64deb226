package dev.lintel.filters.cache;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Copies what is written on its way to the client, who does not wait for that; or, without a way, drops it. */
final class CachedOutput extends ServletOutputStream {

    private final @Nullable ServletOutputStream below;
    private final @Nullable BodyCopy copy;
    private boolean muted;

    /**
     * Makes it.
     *
     * @param below takes what is written; null if nobody does
     * @param copy takes it too; null if it does not
     */
    CachedOutput(@Nullable ServletOutputStream below, @Nullable BodyCopy copy) {
        this.below = below;
        this.copy = copy;
    }

    /** Whether what is written from now on is dropped. */
    void mute(boolean on) {
        muted = on;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (below != null && !muted) {
            // first, since who writes without waiting may write again as soon as it has been written
            if (copy != null) {
                copy.write(bytes, offset, length);
            }
            below.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (below != null && !muted) {
            below.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (below != null) {
            below.close();
        }
    }

    @Override
    public boolean isReady() {
        return below == null || below.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        if (below != null) {
            below.setWriteListener(listener);
            return;
        }
        try {
            listener.onWritePossible();
        } catch (IOException failed) {
            listener.onError(failed);
        }
    }
}
