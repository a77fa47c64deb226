package dev.lintel.filters.ratelimit;

import dev.lintel.limit.KeyHash;
import org.jspecify.annotations.Nullable;

/**
 * A part of a table: an open-addressed map from key hashes to bucket states, in arrays of numbers. Not thread-safe;
 * whoever uses it holds its lock, save for {@link #mayFree}.
 */
final class Stripe {

    private static final int FIRST_SLOTS = 16;

    /** One free place, which is never written to: most stripes of most filters have no key yet, and cost next to nothing. */
    private static final long[] NOTHING = new long[1];

    private long[] highs = NOTHING;
    private long[] lows = NOTHING;
    private long[] words = NOTHING;
    private final int width;
    private int size;

    private volatile boolean occupied;

    /** Not after the first moment at which a bucket becomes forgettable. */
    private volatile long earliest;

    /**
     * @param width how many words a state has
     */
    Stripe(int width) {
        this.width = width;
    }

    /** The place of a key, or -1. */
    int find(KeyHash key) {
        int mask = highs.length - 1;
        int slot = home(key.low());
        while (!isFree(slot)) {
            if (highs[slot] == high(key) && lows[slot] == key.low()) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    /** Adds a key that is not there, with a bucket that was never used; returns its place. */
    int add(KeyHash key, long now, Arithmetic arithmetic) {
        if ((size + 1) * 3 > highs.length * 2) {
            grow();
        }
        int slot = put(high(key), key.low());
        arithmetic.fresh(words, at(slot), now);
        if (size == 0) {
            earliest = arithmetic.forgettableAt(words, at(slot));
        }
        size++;
        occupied = true;
        note(slot, arithmetic);
        return slot;
    }

    /** The states of all buckets. Another array after another key has been added. */
    long[] words() {
        return words;
    }

    /** Where the state of a bucket begins. */
    int at(int slot) {
        return slot * width;
    }

    /** How many places there are, some of which are free. */
    int slots() {
        return highs.length;
    }

    /** Whose bucket is in a place, or null if it is free. */
    @Nullable
    KeyHash key(int slot) {
        return isFree(slot) ? null : new KeyHash(highs[slot], lows[slot]);
    }

    /** Says that a bucket may be forgettable sooner than before. */
    void note(int slot, Arithmetic arithmetic) {
        long at = arithmetic.forgettableAt(words, at(slot));
        if (at - earliest < 0) {
            earliest = at;
        }
    }

    /** Forgets a bucket, whatever it holds. */
    void forget(int slot) {
        remove(slot);
        occupied = size > 0;
    }

    /** Whether a sweep at that moment may free anything; may be asked without the lock. */
    boolean mayFree(long now) {
        return occupied && earliest - now <= 0;
    }

    /** The earlier of a moment and the first one at which a bucket may become forgettable. */
    long earlierOf(long now) {
        return occupied && earliest - now < 0 ? earliest : now;
    }

    /** Removes every bucket that can be forgotten; returns how many. */
    int sweep(long now, Arithmetic arithmetic) {
        int before = size;
        boolean any = false;
        long first = 0;
        int slot = 0;
        while (slot < highs.length) {
            if (isFree(slot)) {
                slot++;
                continue;
            }
            long at = arithmetic.forgettableAt(words, at(slot));
            if (at - now <= 0) {
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

    /** Closes the gap, so that no search ends at it too early (Knuth, volume 3, section 6.4, algorithm R). */
    private void remove(int slot) {
        int mask = highs.length - 1;
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
        System.arraycopy(words, from * width, words, to * width, width);
    }

    private void grow() {
        long[] oldHighs = highs;
        long[] oldLows = lows;
        long[] oldWords = words;
        int slots = Math.max(FIRST_SLOTS, oldHighs.length * 2);
        highs = new long[slots];
        lows = new long[slots];
        words = new long[slots * width];
        for (int i = 0; i < oldHighs.length; i++) {
            if (oldHighs[i] != 0) {
                System.arraycopy(oldWords, i * width, words, at(put(oldHighs[i], oldLows[i])), width);
            }
        }
    }

    private int put(long high, long low) {
        int slot = home(low);
        while (!isFree(slot)) {
            slot = slot + 1 & highs.length - 1;
        }
        highs[slot] = high;
        lows[slot] = low;
        return slot;
    }

    private boolean isFree(int slot) {
        return highs[slot] == 0;
    }

    private int home(long low) {
        return (int) low & highs.length - 1;
    }

    /** Zero marks a free place; the one key in 2^64 that would look like it is taken for its neighbour. */
    private static long high(KeyHash key) {
        return key.high() == 0 ? 1 : key.high();
    }
}
