package dev.lintel.redis;

import java.util.concurrent.CompletableFuture;

/** Makes connections to one Redis. Thread-safe. */
interface Dialer {

    /**
     * Begins to connect. Cancelled, or too late, it leaves nothing behind.
     *
     * @param onLost called when a connection that was made is gone, from any thread, at least once
     */
    CompletableFuture<Link> dial(Runnable onLost);

    /** Whether keys that one script uses must be together ({@code {...}}). */
    boolean isCluster();

    /** Ends all connections and threads, without waiting. */
    void close();
}
