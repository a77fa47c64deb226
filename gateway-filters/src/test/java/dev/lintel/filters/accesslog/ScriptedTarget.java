package dev.lintel.filters.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A target that writes, waits or fails as the test says. */
final class ScriptedTarget implements LogTarget {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger reopened = new AtomicInteger();
    private volatile @Nullable Throwable failure;
    private volatile @Nullable CountDownLatch gate;
    private volatile boolean closed;

    /** Every write fails so until told otherwise; null for none. */
    void fail(@Nullable Throwable with) {
        this.failure = with;
    }

    /** Every write waits until the latch is down. */
    void holdUntil(CountDownLatch open) {
        this.gate = open;
    }

    List<String> lines() {
        return lines;
    }

    int attempts() {
        return attempts.get();
    }

    int reopened() {
        return reopened.get();
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        attempts.incrementAndGet();
        CountDownLatch open = gate;
        try {
            if (open != null && !open.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("gate: never opened");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        Throwable with = failure;
        if (with instanceof IOException io) {
            throw io;
        } else if (with instanceof RuntimeException runtime) {
            throw runtime;
        } else if (with instanceof Error error) {
            throw error;
        }
        String text = StandardCharsets.US_ASCII.decode(bytes).toString();
        lines.addAll(List.of(text.split("\n")));
    }

    @Override
    public void reopen() {
        reopened.incrementAndGet();
    }

    @Override
    public void close() {
        closed = true;
    }
}
