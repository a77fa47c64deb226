package dev.lintel.proxy;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a client's request, which one thread brings about. Tomcat has another request use what this one was made of as soon as
 * it is over, so nobody may be at it by then. Who takes over the head of an answer, or the stream for its body, does so while holding
 * this object's monitor, and not after the end has begun; reading and relaying have locks of their own. The container's own thread,
 * which ends the request when it goes on, waits until the end is made.
 */
final class RequestEnd {

    private boolean begun;
    private boolean made;
    private @Nullable Thread maker;

    /** Whether the end is this thread's to make. If so, {@link #made} has to follow. */
    synchronized boolean begin() {
        if (begun) {
            return false;
        }
        begun = true;
        maker = Thread.currentThread();
        return true;
    }

    /** Whether it has begun, and nothing of the container's may be touched any more by anybody but its maker. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** The request is over, or only the container, or a filter that it calls, has something left to do. */
    synchronized void made() {
        made = true;
        maker = null;
        notifyAll();
    }

    /**
     * Waits until whoever has begun it, or is about to, has made it. Returns at once on its maker's own thread, which the container calls
     * back.
     *
     * @param mostMillis how long to wait, in milliseconds
     * @return whether nobody else is at it any more
     */
    synchronized boolean await(long mostMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        try {
            while (!made && maker != Thread.currentThread()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
