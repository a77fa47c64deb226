package dev.lintel.filter;

/**
 * Marks a filter that never waits: not on a lock held for long, not on disk or network, and never through
 * {@link dev.lintel.Exchange#await}. Routes whose filters are all marked are run on I/O threads where the server can.
 */
public interface NonWaiting {}
