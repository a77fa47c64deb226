package dev.lintel.filters.cache;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is written on its way to the client, who does not wait for that; or drops it, if something else is answered. What cannot be
 * written is noted, since whoever writes may end the answer then as if it were whole.
 */
final class CachedOutput extends ServletOutputStream {

    private final CachedResponse response;
    private final @Nullable ServletOutputStream below;
    private boolean muted;
    private boolean holding;

    /**
     * Makes it.
     *
     * @param below takes what is written; null if something else is answered
     */
    CachedOutput(CachedResponse response, @Nullable ServletOutputStream below) {
        this.response = response;
        this.below = below;
    }

    /** Whether what is written from now on is dropped. */
    void mute(boolean on) {
        muted = on;
    }

    /** Flushes nothing from now on, since the end is near. */
    void holdFlushes() {
        holding = true;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (below != null && !muted && response.begins()) {
            // first, since who writes without waiting may write again as soon as it has been written
            BodyCopy copy = response.copy();
            if (copy != null) {
                copy.write(bytes, offset, length);
            }
            try {
                below.write(bytes, offset, length);
            } catch (Throwable failed) {
                response.broke(failed);
                throw failed;
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (below != null && !muted && !holding && response.begins()) {
            try {
                below.flush();
            } catch (Throwable failed) {
                response.broke(failed);
                throw failed;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (below != null && response.begins()) {
            try {
                below.close();
            } catch (Throwable failed) {
                response.broke(failed);
                throw failed;
            }
        }
    }

    @Override
    public boolean isReady() {
        try {
            return below == null || below.isReady();
        } catch (Throwable failed) {
            response.broke(failed);
            throw failed;
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        if (below != null) {
            response.listens();
            below.setWriteListener(new Noting(response, listener));
            return;
        }
        try {
            listener.onWritePossible();
        } catch (IOException failed) {
            listener.onError(failed);
        }
    }

    /** Notes what the container tells a listener. */
    private record Noting(CachedResponse response, WriteListener listener) implements WriteListener {

        @Override
        public void onWritePossible() throws IOException {
            listener.onWritePossible();
        }

        @Override
        public void onError(Throwable thrown) {
            response.broke(thrown);
            listener.onError(thrown);
        }
    }
}
