package dev.lintel.limit;

/**
 * How one limit stands for one key after a decision. Immutable and thread-safe.
 *
 * @param limit the limit
 * @param remaining how many units are left, 0 to {@link RateLimit#quota}
 * @param secondsToMore seconds until at least one more unit is there, rounded up; 0 if there is none to come
 * @param exceeded whether this limit is why a request was rejected
 */
public record LimitState(RateLimit limit, long remaining, long secondsToMore, boolean exceeded) {}
