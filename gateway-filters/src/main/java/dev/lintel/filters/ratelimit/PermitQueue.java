package dev.lintel.filters.ratelimit;

import dev.lintel.limit.KeyHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a permit of one limit, first come, first served. A permit that is given back goes to who has waited longest
 * without being free in between, so that nobody who comes later can take it. Bounded for each key. Thread-safe.
 */
final class PermitQueue {

    /** Where those wait whose keys have no bucket of their own. */
    private static final KeyHash SHARED = new KeyHash(0, 0);

    private final int bound;
    private final Map<KeyHash, Deque<Waiter>> waiting = new HashMap<>();

    /**
     * @param bound how many may wait for each key; with 0 nobody ever does
     */
    PermitQueue(int bound) {
        this.bound = bound;
    }

    /** One who waits for the {@link Standing} of a charge that was made for him. */
    static final class Waiter extends CompletableFuture<Long> {

        private final KeyHash place;

        private Waiter(KeyHash place) {
            this.place = place;
        }
    }

    /** Whether anybody can wait here. */
    boolean isOpen() {
        return bound > 0;
    }

    /**
     * Begins to wait, unless a permit is there by now.
     *
     * @param take takes a permit if one is there; the standing tells whether
     * @return null if there is no room
     */
    @Nullable
    Waiter enter(KeyHash key, LongSupplier take) {
        synchronized (this) {
            long standing = take.getAsLong();
            Waiter waiter = new Waiter(place(key, standing));
            if (Standing.isCharged(standing)) {
                waiter.complete(standing);
                return waiter;
            }
            Deque<Waiter> queue = waiting.get(waiter.place);
            if ((queue == null ? 0 : queue.size()) >= bound) {
                return null;
            }
            if (queue == null) {
                queue = new ArrayDeque<>(4);
                waiting.put(waiter.place, queue);
            }
            queue.add(waiter);
            return waiter;
        }
    }

    /** Stops waiting; false if the permit came before, and is to be used or passed on. */
    synchronized boolean leave(Waiter waiter) {
        Deque<Waiter> queue = waiting.get(waiter.place);
        boolean waited = queue != null && queue.remove(waiter);
        if (queue != null && queue.isEmpty()) {
            waiting.remove(waiter.place);
        }
        return waited;
    }

    /**
     * Passes a permit on to who waits for it, or puts it back.
     *
     * @param standing as it was taken
     * @param giveBack puts it back
     */
    void pass(KeyHash key, long standing, Runnable giveBack) {
        Waiter next = null;
        synchronized (this) {
            KeyHash place = place(key, standing);
            Deque<Waiter> queue = waiting.get(place);
            if (queue == null) {
                giveBack.run();
            } else {
                next = queue.poll();
                if (queue.isEmpty()) {
                    waiting.remove(place);
                }
            }
        }
        if (next != null) {
            // outside the lock, since whoever waits may go on at once on this thread
            next.complete(standing);
        }
    }

    /** How many wait. */
    synchronized int size() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    private static KeyHash place(KeyHash key, long standing) {
        return Standing.isShared(standing) ? SHARED : key;
    }
}
