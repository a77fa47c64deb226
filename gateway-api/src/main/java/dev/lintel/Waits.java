package dev.lintel;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the filters of one request are waiting for. */
final class Waits {

    /** A filter that keeps waiting is broken; it may not hold a request for ever. */
    private static final int MOST_WAITS = 8;

    private final IdentityHashMap<Object, CompletableFuture<?>> pending = new IdentityHashMap<>(2);
    private int begun;

    /** See {@link Exchange#await}. */
    <T> Awaited<T> await(
            Object owner,
            Supplier<? extends CompletionStage<T>> stage,
            Duration deadline,
            @Nullable Suspension suspension) {
        @SuppressWarnings("unchecked") // an owner awaits one type
        CompletableFuture<T> stored = (CompletableFuture<T>) pending.remove(owner);
        if (stored != null && stored.isDone()) {
            return result(stored);
        }
        if (stored == null && ++begun > MOST_WAITS) {
            return new Awaited.Failed<>(new IllegalStateException(
                    "waits: " + begun + " (expected: at most " + MOST_WAITS + " in one request)"));
        }
        CompletableFuture<T> future = stored != null ? stored : begin(stage, deadline);
        if (future.isDone()) {
            return result(future);
        }
        if (suspension == null) {
            return blocking(future);
        }
        pending.put(owner, future);
        suspension.suspendUntil(future);
        return new Awaited.Suspended<>();
    }

    /** A copy, since others may wait for the same with deadlines of their own. */
    private static <T> CompletableFuture<T> begin(Supplier<? extends CompletionStage<T>> stage, Duration deadline) {
        try {
            return Background.within(deadline, stage.get().toCompletableFuture());
        } catch (RuntimeException notBegun) {
            return CompletableFuture.failedFuture(notBegun);
        }
    }

    private static <T> Awaited<T> blocking(CompletableFuture<T> future) {
        try {
            return new Awaited.Ready<>(future.get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Awaited.Failed<>(interrupted);
        } catch (ExecutionException | CancellationException failed) {
            return new Awaited.Failed<>(cause(failed));
        }
    }

    private static <T> Awaited<T> result(CompletableFuture<T> done) {
        try {
            return new Awaited.Ready<>(done.join());
        } catch (CompletionException | CancellationException failed) {
            return new Awaited.Failed<>(cause(failed));
        }
    }

    private static Throwable cause(Exception failed) {
        return failed.getCause() == null ? failed : failed.getCause();
    }
}
