package dev.lintel.loop;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Looks at something now and then, from its start to its stop, one look at a time. */
public abstract class Sweep extends AbstractLifeCycle {

    private final Scheduler scheduler;
    private final long millis;
    private volatile Scheduler.@Nullable Task next;

    /**
     * Makes a sweep.
     *
     * @param millis between two looks, at least 1
     */
    protected Sweep(Scheduler scheduler, long millis) {
        this.scheduler = scheduler;
        this.millis = millis;
    }

    /** Looks once; does not wait. */
    protected abstract void look();

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
    }

    private void schedule() {
        next = scheduler.schedule(this::run, millis, TimeUnit.MILLISECONDS);
    }

    private void run() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        try {
            look();
        } finally {
            schedule();
        }
    }
}
