package dev.lintel.proxy;

import dev.lintel.upstream.Timeouts;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one call. There is one timer at most: progress only moves the deadline, and the timer, when it fires
 * early, is set again. A call whose limits are all longer than {@value #SHORT_MILLIS} ms has none while it is young, and no clock is read
 * for it; its limits may end up to 100 ms late for that. Thread-safe.
 */
final class Deadlines extends YoungCalls.Young implements Runnable {

    /** Limits that are kept to the millisecond, from the beginning. */
    private static final int SHORT_MILLIS = 1_500;

    /** Requests that take longer are looked at again and again, until nothing is left to see. */
    private static final long LOOK_NANOS = 250_000_000;

    /** What is being waited for. */
    enum Phase {
        CONNECTING,
        SENDING,
        AWAITING_HEAD,
        STREAMING
    }

    private final Scheduler scheduler;
    private final YoungCalls calls;
    private final UpstreamCall call;
    private final long connectNanos;
    private final long headNanos;
    private final long idleNanos;
    private final long endNanos;
    private final boolean limited;
    private volatile long lookAt;
    private volatile boolean looking = true;
    private volatile boolean young;
    private volatile Phase phase = Phase.CONNECTING;
    private volatile long due;
    private Scheduler.@Nullable Task task;
    private long firesAt;
    private boolean listed;
    private boolean stopped;

    Deadlines(Scheduler scheduler, YoungCalls calls, Timeouts timeouts, UpstreamCall call) {
        this.scheduler = scheduler;
        this.calls = calls;
        this.call = call;
        this.connectNanos = timeouts.connect().toNanos();
        this.headNanos = timeouts.firstByte().toNanos();
        this.idleNanos = timeouts.idle().toNanos();
        this.limited = !timeouts.total().isZero();
        this.endNanos = limited ? System.nanoTime() + timeouts.total().toNanos() : 0;
        long shortest = Math.min(Math.min(connectNanos, headNanos), idleNanos);
        if (limited) {
            shortest = Math.min(shortest, timeouts.total().toNanos());
        }
        this.young = shortest > TimeUnit.MILLISECONDS.toNanos(SHORT_MILLIS);
        if (!young) {
            lookAt = System.nanoTime() + LOOK_NANOS;
        }
    }

    /** The call has not ended soon: from now on it is timed. */
    @Override
    synchronized void grown() {
        young = false;
        long now = System.nanoTime();
        lookAt = now + LOOK_NANOS;
        due = now + nanos(phase);
        arm();
    }

    Phase phase() {
        return phase;
    }

    /** Begins to wait for something else. What comes late is not gone back to, but every try begins anew. */
    synchronized void enter(Phase next) {
        if (next == Phase.CONNECTING || next.compareTo(phase) > 0) {
            phase = next;
            if (young) {
                list();
            } else {
                due = System.nanoTime() + nanos(next);
                arm();
            }
        }
    }

    private void list() {
        if (!listed && !stopped) {
            listed = true;
            calls.add(this);
        }
    }

    /** Notes that a piece of a body has passed. */
    void progress() {
        Phase now = phase;
        if (young) {
            return;
        }
        if (now == Phase.SENDING || now == Phase.STREAMING) {
            due = System.nanoTime() + idleNanos;
        }
    }

    /** Ends all waiting. */
    synchronized void stop() {
        stopped = true;
        YoungCalls.remove(this);
        if (task != null) {
            task.cancel();
            task = null;
        }
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        Phase late;
        synchronized (this) {
            task = null;
            if (stopped) {
                return;
            }
            // both at once: the next phase is not to blame for the time of the one before
            late = due - now <= 0 ? phase : null;
        }
        if (limited && endNanos - now <= 0) {
            call.expired(null);
        } else if (late != null) {
            call.expired(late);
        } else {
            if (looking && lookAt - now <= 0) {
                looking = call.look();
                lookAt = now + LOOK_NANOS;
            }
            arm();
        }
    }

    private synchronized void arm() {
        long next = limited && endNanos - due < 0 ? endNanos : due;
        next = looking && lookAt - next < 0 ? lookAt : next;
        if (stopped || task != null && firesAt - next <= 0) {
            return;
        }
        if (task != null) {
            task.cancel();
        }
        firesAt = next;
        long delay = Math.max(0, next - System.nanoTime());
        task = scheduler.schedule(this, delay / 1_000_000 + 1, TimeUnit.MILLISECONDS);
    }

    private long nanos(Phase next) {
        return switch (next) {
            case CONNECTING -> connectNanos;
            case AWAITING_HEAD -> headNanos;
            case SENDING, STREAMING -> idleNanos;
        };
    }
}
