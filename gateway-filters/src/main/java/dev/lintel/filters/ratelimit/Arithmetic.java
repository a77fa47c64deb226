package dev.lintel.filters.ratelimit;

/**
 * How one limit counts: pure functions over a state of 64 bits, so that a bucket is one number in an array. Costs are at
 * least 1. Implementations are thread-safe.
 */
interface Arithmetic {

    /** How many units a full bucket has. */
    long capacity();

    /** The moment by some clocks. */
    Moment moment(Clocks clocks);

    /** The state of a bucket that was never used. */
    long fresh(Moment moment);

    /** Whether a bucket has so many units. */
    boolean has(long state, Moment moment, long cost);

    /** The state after so many units are used, which are there. */
    long take(long state, Moment moment, long cost);

    /** The state after units that were taken a moment ago are put back; never more than full. */
    long giveBack(long state, Moment moment, long cost);

    /** How many units are there. */
    long remaining(long state, Moment moment);

    /** Nanoseconds until so many units are there if none is used; for more than a bucket can have, until it is full. */
    long nanosUntil(long state, Moment moment, long cost);

    /** The {@link Moment#now} from which on forgetting the bucket makes no difference. */
    long forgettableAt(long state);
}
