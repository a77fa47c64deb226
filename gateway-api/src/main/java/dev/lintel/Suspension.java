package dev.lintel;

import java.util.concurrent.CompletableFuture;

/** How a request is set aside without a thread while something is awaited. Provided by whatever runs the filters. */
@FunctionalInterface
public interface Suspension {

    /**
     * Sets the request aside. Called on the request's thread; the filters unwind right after.
     *
     * @param until the request goes on when this completes, normally or not; it always does, being bounded by a deadline
     */
    void suspendUntil(CompletableFuture<?> until);
}
