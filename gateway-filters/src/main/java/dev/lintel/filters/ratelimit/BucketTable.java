package dev.lintel.filters.ratelimit;

import dev.lintel.limit.KeyHash;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one limit. Bounded: when it is full, buckets that can be forgotten make room; while there is none, keys
 * that have no bucket share one. A key that has used something up never gets it back by being forgotten. Thread-safe.
 */
final class BucketTable {

    /** More would not help, since each is held for some ten nanoseconds. */
    private static final int MOST_STRIPES = 64;

    /** Fewer keys than this are not worth a stripe of their own. */
    private static final int KEYS_PER_STRIPE = 128;

    private static final int ATTEMPTS = 3;

    /** Later than anything, where moments are compared by difference. */
    private static final long FAR = 1L << 62;

    private final Arithmetic arithmetic;
    private final int maxKeys;
    private final Stripe[] stripes;
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger nextToSweep = new AtomicInteger();

    /** Counts what may make a bucket forgettable sooner than all before. */
    private final AtomicInteger changes = new AtomicInteger();

    private volatile @Nullable Full full;

    private final Object sharedLock = new Object();
    private boolean sharedUsed;
    private long sharedState;

    BucketTable(Arithmetic arithmetic, int maxKeys) {
        this.arithmetic = arithmetic;
        this.maxKeys = maxKeys;
        int count = Integer.highestOneBit(Math.max(1, Math.min(MOST_STRIPES, maxKeys / KEYS_PER_STRIPE)));
        this.stripes = new Stripe[count];
        for (int i = 0; i < count; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** That nothing can be forgotten before a moment, for as long as nothing has changed. */
    private record Full(int changes, long until) {}

    /**
     * What taking did.
     *
     * @param granted whether the units were there and are taken
     * @param shared whether it was the bucket that keys without their own share
     * @param state the bucket's state afterwards
     */
    record Taken(boolean granted, boolean shared, long state) {}

    /** Takes units if they are there. For more units than there can ever be, nothing is remembered. */
    Taken take(KeyHash key, Moment moment, long cost) {
        if (cost > arithmetic.capacity()) {
            return new Taken(false, false, peek(key, moment));
        }
        Stripe stripe = stripe(key);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            synchronized (stripe) {
                int slot = stripe.find(key);
                if (slot < 0 && reserve()) {
                    slot = stripe.add(key, arithmetic.fresh(moment), arithmetic);
                    changes.getAndIncrement();
                }
                if (slot >= 0) {
                    return take(stripe, slot, moment, cost);
                }
            }
            if (!makeRoom(moment)) {
                break;
            }
        }
        return takeShared(moment, cost);
    }

    /** Puts back what was taken; returns the bucket's state afterwards. */
    long giveBack(KeyHash key, Moment moment, long cost, boolean shared) {
        if (shared) {
            synchronized (sharedLock) {
                sharedState = arithmetic.giveBack(sharedState, moment, cost);
                return sharedState;
            }
        }
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.find(key);
            if (slot < 0) {
                // forgotten in between, and so full
                return arithmetic.fresh(moment);
            }
            long state = arithmetic.giveBack(stripe.state(slot), moment, cost);
            stripe.state(slot, state, arithmetic);
            changes.getAndIncrement();
            return state;
        }
    }

    /** The state of the bucket that a key would be counted in. */
    long peek(KeyHash key, Moment moment) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.find(key);
            if (slot >= 0) {
                return stripe.state(slot);
            }
        }
        if (keys.get() < maxKeys || anyMayFree(moment)) {
            return arithmetic.fresh(moment);
        }
        synchronized (sharedLock) {
            return sharedUsed ? sharedState : arithmetic.fresh(moment);
        }
    }

    /** How many keys have a bucket of their own. */
    int size() {
        return keys.get();
    }

    private Taken take(Stripe stripe, int slot, Moment moment, long cost) {
        long state = stripe.state(slot);
        if (!arithmetic.has(state, moment, cost)) {
            return new Taken(false, false, state);
        }
        long after = arithmetic.take(state, moment, cost);
        stripe.state(slot, after, arithmetic);
        return new Taken(true, false, after);
    }

    private Taken takeShared(Moment moment, long cost) {
        synchronized (sharedLock) {
            if (!sharedUsed) {
                sharedUsed = true;
                sharedState = arithmetic.fresh(moment);
            }
            boolean granted = arithmetic.has(sharedState, moment, cost);
            sharedState = granted ? arithmetic.take(sharedState, moment, cost) : sharedState;
            return new Taken(granted, true, sharedState);
        }
    }

    private boolean reserve() {
        if (keys.get() >= maxKeys) {
            return false;
        }
        if (keys.incrementAndGet() > maxKeys) {
            keys.decrementAndGet();
            return false;
        }
        return true;
    }

    /**
     * Removes buckets that can be forgotten, if there are any. Stripes take turns, so that each time there is much to
     * remove; when there is nothing, the moment is kept before which looking again would be in vain.
     */
    private boolean makeRoom(Moment moment) {
        int changesBefore = changes.get();
        Full known = full;
        if (known != null && known.changes == changesBefore && known.until - moment.now() > 0) {
            return keys.get() < maxKeys;
        }
        int first = nextToSweep.getAndIncrement();
        long earliest = moment.now() + FAR;
        for (int i = 0; i < stripes.length; i++) {
            Stripe stripe = stripes[first + i & stripes.length - 1];
            if (stripe.mayFree(moment)) {
                int freed;
                synchronized (stripe) {
                    freed = stripe.sweep(moment, arithmetic);
                }
                if (freed > 0) {
                    keys.addAndGet(-freed);
                    return true;
                }
            }
            earliest = stripe.earlierOf(earliest);
        }
        full = new Full(changesBefore, earliest);
        return keys.get() < maxKeys;
    }

    private boolean anyMayFree(Moment moment) {
        for (Stripe stripe : stripes) {
            if (stripe.mayFree(moment)) {
                return true;
            }
        }
        return false;
    }

    private Stripe stripe(KeyHash key) {
        return stripes[(int) key.high() & stripes.length - 1];
    }
}
