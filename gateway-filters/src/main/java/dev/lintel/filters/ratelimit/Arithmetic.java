package dev.lintel.filters.ratelimit;

/**
 * How one limit counts: functions over a state of a few words, so that a bucket is a place in an array of numbers. What is
 * called {@code now} is a count of its own that only grows, such as nanoseconds of the monotonic clock or the number of a
 * window, compared by difference since it may begin anywhere and overflow. Costs are at least 1. Whoever calls holds the
 * bucket's lock. Implementations are thread-safe apart from the state.
 */
interface Arithmetic {

    /** The longest that a count is compared with: more than any bucket takes to be as good as new. */
    long FAR = 1L << 62;

    /** How many words a state has. */
    int words();

    /** How many units a full bucket has. */
    long capacity();

    /** Its own count at a time. */
    long now(Clocks clocks);

    /** Writes the state of a bucket that was never used. */
    void fresh(long[] words, int at, long now);

    /** Takes units if they are there; without them nothing changes that makes a difference. */
    boolean take(long[] words, int at, long now, long cost);

    /**
     * Puts units back that were taken, without giving back what has come back by itself in between; never more than full.
     *
     * @param taken when they were taken
     */
    void giveBack(long[] words, int at, long now, long taken, long cost);

    /** Takes units whether they are there or not; of what is owed so, no more than a whole bucket is remembered. */
    void owe(long[] words, int at, long now, long cost);

    /** How many units are there, 0 to the capacity. */
    long remaining(long[] words, int at, long now);

    /**
     * Nanoseconds until so many units are there if none is used; for more than a bucket can have, until it is full; 0 also if
     * nobody knows.
     */
    long nanosUntil(long[] words, int at, long now, Clocks clocks, long cost);

    /** Milliseconds that whoever was just granted units has to wait before he uses them. */
    default long delayMillis(long[] words, int at) {
        return 0;
    }

    /** The {@code now} from which on forgetting the bucket makes no difference. */
    long forgettableAt(long[] words, int at);
}
