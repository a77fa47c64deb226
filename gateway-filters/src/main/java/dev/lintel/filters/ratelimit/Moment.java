package dev.lintel.filters.ratelimit;

/**
 * When a limit is asked, in its own terms.
 *
 * @param now a count that only grows: nanoseconds of the monotonic clock, or the number of a window. Compared by difference,
 *     since it may begin anywhere and overflow
 * @param nanosLeft nanoseconds until the window ends; 0 where there is none
 */
record Moment(long now, long nanosLeft) {}
