package dev.lintel;

/**
 * What a filter gets when it waits for something ({@link Exchange#await}).
 *
 * @param <T> what it waits for
 */
public sealed interface Awaited<T> {

    /** It is there. */
    record Ready<T>(T value) implements Awaited<T> {}

    /** It failed, or did not come within the deadline ({@link java.util.concurrent.TimeoutException}). */
    record Failed<T>(Throwable cause) implements Awaited<T> {}

    /**
     * It comes later: the filter returns at once, without calling the chain and without writing, and is called again
     * when the answer is there.
     */
    record Suspended<T>() implements Awaited<T> {}
}
