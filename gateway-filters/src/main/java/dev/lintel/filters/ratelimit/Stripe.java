package dev.lintel.filters.ratelimit;

import dev.lintel.limit.KeyHash;

/**
 * A part of a table: an open-addressed map from key hashes to bucket states, in three arrays of numbers. Not thread-safe;
 * whoever uses it holds its lock, save for {@link #mayFree}.
 */
final class Stripe {

    private static final int FIRST_SLOTS = 16;

    private long[] highs = new long[FIRST_SLOTS];
    private long[] lows = new long[FIRST_SLOTS];
    private long[] states = new long[FIRST_SLOTS];
    private int size;

    private volatile boolean occupied;

    /** Not after the first moment at which a bucket becomes forgettable. */
    private volatile long earliest;

    /** The place of a key, or -1. */
    int find(KeyHash key) {
        int mask = states.length - 1;
        int slot = home(key.low());
        while (!isFree(slot)) {
            if (highs[slot] == high(key) && lows[slot] == key.low()) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    /** Adds a key that is not there; returns its place. */
    int add(KeyHash key, long state, Arithmetic arithmetic) {
        if ((size + 1) * 3 > states.length * 2) {
            grow();
        }
        if (size == 0) {
            earliest = arithmetic.forgettableAt(state);
        }
        size++;
        occupied = true;
        int slot = put(high(key), key.low(), state);
        note(state, arithmetic);
        return slot;
    }

    long state(int slot) {
        return states[slot];
    }

    void state(int slot, long state, Arithmetic arithmetic) {
        states[slot] = state;
        note(state, arithmetic);
    }

    /** Whether a sweep at that moment may free anything; may be asked without the lock. */
    boolean mayFree(Moment moment) {
        return occupied && earliest - moment.now() <= 0;
    }

    /** The earlier of a moment and the first one at which a bucket may become forgettable. */
    long earlierOf(long now) {
        return occupied && earliest - now < 0 ? earliest : now;
    }

    /** Removes every bucket that can be forgotten; returns how many. */
    int sweep(Moment moment, Arithmetic arithmetic) {
        int before = size;
        boolean any = false;
        long first = 0;
        int slot = 0;
        while (slot < states.length) {
            if (isFree(slot)) {
                slot++;
                continue;
            }
            long at = arithmetic.forgettableAt(states[slot]);
            if (at - moment.now() <= 0) {
                // another bucket may move into this place: look at it again
                remove(slot);
                continue;
            }
            first = any && first - at <= 0 ? first : at;
            any = true;
            slot++;
        }
        earliest = first;
        occupied = any;
        return before - size;
    }

    private void note(long state, Arithmetic arithmetic) {
        long at = arithmetic.forgettableAt(state);
        if (at - earliest < 0) {
            earliest = at;
        }
    }

    /** Closes the gap, so that no search ends at it too early (Knuth, volume 3, section 6.4, algorithm R). */
    private void remove(int slot) {
        int mask = states.length - 1;
        int gap = slot;
        int next = slot;
        while (true) {
            next = next + 1 & mask;
            if (isFree(next)) {
                break;
            }
            int home = home(lows[next]);
            boolean stays = gap <= next ? gap < home && home <= next : gap < home || home <= next;
            if (!stays) {
                move(next, gap);
                gap = next;
            }
        }
        highs[gap] = 0;
        lows[gap] = 0;
        size--;
    }

    private void move(int from, int to) {
        highs[to] = highs[from];
        lows[to] = lows[from];
        states[to] = states[from];
    }

    private void grow() {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        long[] oldStates = states;
        int slots = states.length * 2;
        highs = new long[slots];
        lows = new long[slots];
        states = new long[slots];
        for (int i = 0; i < oldStates.length; i++) {
            if (oldHighs[i] != 0) {
                put(oldHighs[i], oldLows[i], oldStates[i]);
            }
        }
    }

    private int put(long high, long low, long state) {
        int slot = home(low);
        while (!isFree(slot)) {
            slot = slot + 1 & states.length - 1;
        }
        highs[slot] = high;
        lows[slot] = low;
        states[slot] = state;
        return slot;
    }

    private boolean isFree(int slot) {
        return highs[slot] == 0;
    }

    private int home(long low) {
        return (int) low & states.length - 1;
    }

    /** Zero marks a free place; the one key in 2^64 that would look like it is taken for its neighbour. */
    private static long high(KeyHash key) {
        return key.high() == 0 ? 1 : key.high();
    }
}
