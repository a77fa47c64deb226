package dev.lintel.https;

import dev.lintel.loop.Sweep;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.thread.Scheduler;

/** Has the files of certificates looked at now and then, on a thread that may wait for the disk. Thread-safe. */
public final class TlsWatch extends Sweep {

    private final LiveTls tls;
    private final Executor executor;
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * Makes a watch.
     *
     * @param tls what has files
     * @param executor whose threads may wait
     */
    public TlsWatch(Scheduler scheduler, Executor executor, LiveTls tls) {
        super(scheduler, Math.max(10, tls.watchInterval().toMillis()));
        this.tls = tls;
        this.executor = executor;
    }

    @Override
    protected void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::lookNow);
        } catch (RejectedExecutionException busy) {
            looking.set(false);
        }
    }

    private void lookNow() {
        try {
            tls.look();
        } finally {
            looking.set(false);
        }
    }
}
