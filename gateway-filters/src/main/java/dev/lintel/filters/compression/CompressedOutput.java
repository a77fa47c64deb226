package dev.lintel.filters.compression;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Codes what is written if the response says so. Whoever writes without blocking is told that this is ready only when the
 * container has taken all that was coded before, so that no more than one piece is ever kept.
 */
final class CompressedOutput extends ServletOutputStream implements WriteListener {

    private final CompressedResponse response;
    private final ServletOutputStream below;
    private final int buffer;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable GzipEncoder encoder;
    private @Nullable WriteListener listener;
    private @Nullable Runnable then;
    private boolean flushDue;
    private boolean begun;
    private boolean awaited;
    private boolean ending;
    private boolean closing;
    private boolean closed;
    private boolean muted;

    CompressedOutput(CompressedResponse response, ServletOutputStream below, int buffer) {
        this.response = response;
        this.below = below;
        this.buffer = buffer;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (muted) {
                return;
            }
            if (ending) {
                throw new IOException("output: closed (expected: open)");
            }
            if (!response.codes()) {
                below.write(bytes, offset, length);
                return;
            }
            GzipEncoder coder = encoder();
            coder.write(bytes, offset, length);
            if (listener != null) {
                drain();
            } else if (begun || coder.size() >= buffer) {
                handOver(coder);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            if (ending || muted) {
                return;
            }
            if (!response.codes()) {
                below.flush();
                return;
            }
            encoder().flush();
            flushDue = true;
            if (listener != null) {
                drain();
            } else {
                handOver(encoder());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (!closing) {
                closing = true;
                if (code()) {
                    closeBelow();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a body that the container is about to end. */
    void end() throws IOException {
        lock.lock();
        try {
            code();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the body; if that has to wait for the client, the task is run afterwards and false returned. */
    boolean endThen(Runnable task) throws IOException {
        lock.lock();
        try {
            if (code()) {
                return true;
            }
            then = task;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void closeBelow() throws IOException {
        closed = true;
        below.close();
    }

    /** Codes the end; whether the container has taken it. */
    private boolean code() throws IOException {
        if (!ending) {
            ending = true;
            if (encoder == null && response.isUndecided()) {
                // there is no body, so there is nothing to be coded
                response.leavePlain();
            } else if (response.codes()) {
                encoder().finish();
            }
        }
        if (closed) {
            return true;
        }
        if (listener != null) {
            return encoder == null || drain();
        }
        if (encoder != null) {
            handOver(encoder);
        }
        return true;
    }

    /** Drops what was coded and not handed over, and what a writer has not yet written; writing goes on. */
    void takeBack(@Nullable PrintWriter writer) {
        lock.lock();
        try {
            if (writer != null) {
                muted = true;
                writer.flush();
                muted = false;
            }
            drop();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what was coded and not handed over; nothing more is written. */
    void abandon() {
        lock.lock();
        try {
            ending = true;
            drop();
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        if (encoder != null) {
            encoder.end();
            encoder = null;
        }
    }

    private GzipEncoder encoder() {
        GzipEncoder known = encoder;
        if (known == null) {
            known = new GzipEncoder();
            encoder = known;
        }
        return known;
    }

    /** Writes what there is, waiting for the client; the first time with the head. */
    private void handOver(GzipEncoder coder) throws IOException {
        begin();
        if (coder.size() > 0) {
            below.write(coder.take());
        }
        if (flushDue) {
            flushDue = false;
            below.flush();
        }
    }

    /** What stands in the head is committed with the first of the body. */
    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            flushDue |= !ending;
            if (!response.apply()) {
                throw new IOException("response: committed (expected: not before its body)");
            }
        }
    }

    /** Writes as much as the container takes without waiting; whether it takes more. */
    private boolean drain() throws IOException {
        while (below.isReady()) {
            GzipEncoder coder = encoder;
            if (coder != null && coder.size() > 0) {
                begin();
                below.write(coder.take());
            } else if (flushDue) {
                flushDue = false;
                below.flush();
            } else {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isReady() {
        lock.lock();
        try {
            boolean ready = listener == null ? below.isReady() : drain();
            awaited |= !ready;
            return ready;
        } catch (IOException gone) {
            // the next write says so too
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setWriteListener(WriteListener told) {
        lock.lock();
        try {
            listener = told;
            awaited = true;
        } finally {
            lock.unlock();
        }
        // not under the lock: a container may call back, or wait for a thread that does
        below.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
        Runnable task = null;
        WriteListener told = null;
        lock.lock();
        try {
            if (drain()) {
                if (closing && then == null) {
                    closeBelow();
                } else if (then != null) {
                    task = then;
                    then = null;
                } else if (awaited) {
                    awaited = false;
                    told = listener;
                }
            }
        } finally {
            lock.unlock();
        }
        if (task != null) {
            task.run();
        } else if (told != null) {
            told.onWritePossible();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        Runnable task;
        WriteListener told;
        lock.lock();
        try {
            task = then;
            then = null;
            told = listener;
        } finally {
            lock.unlock();
        }
        if (task != null) {
            task.run();
        } else if (told != null) {
            told.onError(thrown);
        }
    }
}
