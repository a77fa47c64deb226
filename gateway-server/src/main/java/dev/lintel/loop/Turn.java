package dev.lintel.loop;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a loop does for one connection that has become readable or writable, and whatever that leaves to be done and does not wait:
 * it is done when the first has returned, never below it, so that no stack grows and no lock is held meanwhile.
 *
 * <p>Belongs to its connection and is used again for each event; one thread at a time runs it.
 */
final class Turn implements Invocable.Task {

    /** How much is read in one turn, so that who sends much and fast does not keep the others from theirs. */
    private static final int MOST_BYTES = 256 * 1024;

    /** How many requests are handled in one turn, for the same reason. */
    private static final int MOST_REQUESTS = 16;

    private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final ManagedSelector selector;
    private final HoldUps.@Nullable Watch watch;
    private final ArrayDeque<Runnable> left = new ArrayDeque<>(2);
    private @Nullable Runnable first;
    private int requests;
    private int bytes;

    /**
     * Makes the turn of a connection.
     *
     * @param selector which the connection is registered with
     * @param watch told of beginning and end; null for nobody
     */
    Turn(ManagedSelector selector, HoldUps.@Nullable Watch watch) {
        this.selector = selector;
        this.watch = watch;
    }

    /** Says what it begins with, which does not wait, or can do without. */
    Turn of(Runnable task) {
        first = task;
        return this;
    }

    /** The selector of the loop that this thread is taking a turn of; null if it is taking none. */
    static @Nullable ManagedSelector selector() {
        Turn current = CURRENT.get();
        return current == null ? null : current.selector;
    }

    /**
     * Says that a request is about to be handled.
     *
     * @return false if there were many already in the turn that this thread is taking: a client that sends one after the other, and
     *     is answered at once, would keep the loop to itself
     */
    static boolean mayHandleRequest() {
        Turn current = CURRENT.get();
        if (current == null) {
            return true;
        }
        return ++current.requests <= MOST_REQUESTS;
    }

    /** Whether there may be more reading in the turn that this thread is taking, if any. */
    static boolean mayRead() {
        Turn current = CURRENT.get();
        return current == null || current.bytes < MOST_BYTES;
    }

    /** Counts what was read. */
    static void read(int count) {
        Turn current = CURRENT.get();
        if (current != null && count > 0) {
            current.bytes += count;
        }
    }

    /**
     * Leaves something to the turn that this thread is taking.
     *
     * @param task what neither waits nor takes long
     * @return false if it is taking none, so that the task is for somebody else
     */
    static boolean leave(Runnable task) {
        Turn current = CURRENT.get();
        if (current == null) {
            return false;
        }
        current.left.add(task);
        return true;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        Runnable task = requireNonNull(first, "first");
        first = null;
        requests = 0;
        bytes = 0;
        CURRENT.set(this);
        if (watch != null) {
            watch.begins();
        }
        try {
            if (Invocable.getInvocationType(task) == InvocationType.EITHER) {
                // HTTP/2: what it finds to do that may wait, it gives to others then
                Invocable.invokeNonBlocking(task);
            } else {
                task.run();
            }
        } finally {
            try {
                runLeft();
            } finally {
                if (watch != null) {
                    watch.ends();
                }
                // kept in place for the next turn of this thread
                CURRENT.set(null);
            }
        }
    }

    private void runLeft() {
        for (Runnable task = left.poll(); task != null; task = left.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error failed) {
                // those behind it may be other connections' turns to be read
                LOG.warn("task of a loop failed", failed);
            }
        }
    }
}
