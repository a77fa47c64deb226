package dev.lintel.proxy;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a client's request, which one thread brings about. Tomcat has another request use what this one was made of as soon as
 * it is over, so nobody may be at it by then: whoever touches it before the end does so while holding this object's monitor,
 * and the container's own thread, which ends the request when it goes on, waits until it is made.
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

    /** The request is over, or only the container has something left to do. */
    synchronized void made() {
        made = true;
        maker = null;
        notifyAll();
    }

    /**
     * Waits until whoever has begun it has made it.
     *
     * @param mostMillis how long to wait, in milliseconds
     * @return whether it is made; false at once on its maker's own thread
     */
    synchronized boolean await(long mostMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        try {
            while (!made && maker != Thread.currentThread()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return made;
    }
}
