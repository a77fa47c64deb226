package dev.lintel.filters.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Writes the lines of one file on a thread of its own. {@link #offer} is for any thread and never waits. */
final class LogWriter {

    /*
     * Requests put finished lines into a bounded queue; the thread takes all there are, writes them at once and lingers a
     * moment for more. Only a thread that found nothing at all asks to be woken, so that on a busy server a request never
     * pays for waking it, and on an idle one a line is in the file right away.
     *
     * While the target cannot be written the thread keeps what it took and tries again after a second; the queue fills up
     * meanwhile, and what does not fit is dropped and counted.
     */
    private static final long MOST_BYTES = 16 << 20;
    private static final int BATCH_BYTES = 64 << 10;
    private static final int BATCH_LINES = 512;
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LINES_PER_LINGER = 8192;
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_STOP_MILLIS = 5000;

    private final String name;
    private final LogTarget target;
    private final WriterTroubles troubles;
    private final ArrayBlockingQueue<LineBuffer> queue;
    /** As many as are in use while the writer lingers. */
    private final ArrayBlockingQueue<LineBuffer> spare = new ArrayBlockingQueue<>(BATCH_LINES);

    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final long retry;
    private final long linger;
    private final Thread thread;
    private final List<LineBuffer> taken = new ArrayList<>(BATCH_LINES);
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES);
    private int written;
    private volatile boolean idle;
    private volatile boolean reopening;
    private volatile boolean stopping;
    private volatile boolean ended;

    private LogWriter(String name, LogTarget target, int queueSize, Duration retry, WriterTroubles troubles) {
        this.name = name;
        this.target = target;
        this.retry = retry.toNanos();
        this.troubles = troubles;
        this.queue = new ArrayBlockingQueue<>(queueSize);
        // a short queue must be looked at more often
        this.linger = Math.min(LINGER, LINGER * queueSize / LINES_PER_LINGER);
        this.thread = new Thread(this::run, "access-log " + name);
        this.thread.setDaemon(true);
    }

    /**
     * Starts a writer.
     *
     * @param name the full name of the file, for messages
     * @param target where lines go; closed by the writer
     * @param queueSize the most lines that wait
     * @param retry how long to wait after a failure
     * @param troubles whom to tell of failures
     */
    static LogWriter start(String name, LogTarget target, int queueSize, Duration retry, WriterTroubles troubles) {
        LogWriter writer = new LogWriter(name, target, queueSize, retry, troubles);
        writer.thread.start();
        return writer;
    }

    String name() {
        return name;
    }

    long dropped() {
        return dropped.sum();
    }

    /** An empty line: one that was written before, if there is one to spare. */
    LineBuffer line() {
        LineBuffer used = spare.poll();
        return used == null ? new LineBuffer() : used.clear();
    }

    /** Queues a line, or drops and counts it. The line is the writer's from then on. */
    void offer(LineBuffer line) {
        if (waitingBytes.addAndGet(line.length()) > MOST_BYTES || stopping || !queue.offer(line)) {
            waitingBytes.addAndGet(-line.length());
            dropped.increment();
            return;
        }
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        } else if (ended) {
            // stopped in between: nobody takes it out any more
            dropWaiting();
        }
    }

    void reopen() {
        reopening = true;
        LockSupport.unpark(thread);
    }

    /** Writes what waits, at most for 5 s, and closes the target. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // a thread stuck in the operating system loses its channel by this, and ends
        thread.interrupt();
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                more = step();
            } catch (IOException | RuntimeException | Error failed) {
                // whatever it was, the next line may well be possible
                troubles.notWritten(failed, dropped());
                more = !stopping;
                batch.clear();
                if (more) {
                    LockSupport.parkNanos(this, retry);
                }
            }
        }
        end();
    }

    private boolean step() throws IOException {
        if (reopening) {
            reopening = false;
            target.reopen();
        }
        if (writeTaken()) {
            troubles.dropped(dropped());
            if (!stopping) {
                LockSupport.parkNanos(this, linger);
            }
            return true;
        }
        if (stopping) {
            return false;
        }
        troubles.dropped(dropped());
        idle = true;
        if (queue.isEmpty() && !stopping && !reopening) {
            LockSupport.parkNanos(this, IDLE);
        }
        idle = false;
        return true;
    }

    /** Writes what was taken but not written yet, and takes more; whether there was any. */
    private boolean writeTaken() throws IOException {
        if (written == taken.size()) {
            taken.clear();
            written = 0;
            queue.drainTo(taken, BATCH_LINES);
        }
        boolean any = written < taken.size();
        while (written < taken.size()) {
            int end = fill();
            ByteBuffer lines = end == written ? taken.get(end++).toRead() : batch.flip();
            try {
                target.write(lines);
            } catch (RuntimeException | Error broken) {
                // unlike a full disk this would come again with the same lines, for ever
                dropped.add(end - written);
                troubles.notWritten(broken, dropped());
            }
            for (; written < end; written++) {
                LineBuffer line = taken.get(written);
                waitingBytes.addAndGet(-line.length());
                if (line.isSmall()) {
                    var unused = spare.offer(line);
                }
            }
        }
        return any;
    }

    /** Gathers lines while they fit; none do if the next is longer than the whole batch. */
    private int fill() {
        batch.clear();
        int end = written;
        while (end < taken.size() && taken.get(end).length() <= batch.remaining()) {
            taken.get(end++).copyTo(batch);
        }
        return end;
    }

    private void end() {
        dropped.add(taken.size() - written);
        ended = true;
        dropWaiting();
        troubles.ended(dropped());
        try {
            target.close();
        } catch (IOException failed) {
            troubles.notWritten(failed, dropped());
        }
    }

    private void dropWaiting() {
        while (queue.poll() != null) {
            dropped.increment();
        }
    }
}
