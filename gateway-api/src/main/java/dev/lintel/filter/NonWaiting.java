package dev.lintel.filter;

/**
 * Marks a filter that never holds its thread up: not on a lock held for long, not on disk or network, and not through
 * {@link dev.lintel.Exchange#await} where that can set the request aside. Routes whose filters are all marked are run on I/O
 * threads where the server can, and whoever waits there has all other connections of that thread wait too.
 */
public interface NonWaiting {

    /** Whether the mark holds for this filter; a filter made of others asks them. Answers always the same. */
    default boolean neverWaits() {
        return true;
    }
}
