package dev.lintel.filters.ratelimit;

import dev.lintel.limit.KeyHash;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
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

    private final Arithmetic arithmetic;
    private final int maxKeys;
    private final Stripe[] stripes;
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger nextToSweep = new AtomicInteger();

    /** Counts what may make a bucket forgettable sooner than all before. */
    private final AtomicInteger changes = new AtomicInteger();

    private volatile @Nullable Full full;

    /** Locks itself. */
    private final long[] shared;

    private boolean sharedUsed;

    BucketTable(Arithmetic arithmetic, int maxKeys) {
        this.arithmetic = arithmetic;
        this.maxKeys = maxKeys;
        int count = Integer.highestOneBit(Math.max(1, Math.min(MOST_STRIPES, maxKeys / KEYS_PER_STRIPE)));
        this.stripes = new Stripe[count];
        for (int i = 0; i < count; i++) {
            stripes[i] = new Stripe(arithmetic.words());
        }
        this.shared = new long[arithmetic.words()];
    }

    /** That nothing can be forgotten before a moment, for as long as nothing has changed. */
    private record Full(int changes, long until) {}

    /**
     * Takes units if they are there. For more than there can ever be nothing is remembered.
     *
     * @param told gets to know of waits; null if the limit does not count for it
     * @return how the bucket stands
     */
    long take(KeyHash key, long cost, Clocks clocks, @Nullable CountedDecision told) {
        long now = arithmetic.now(clocks);
        if (cost > arithmetic.capacity()) {
            return look(key, cost, clocks, told);
        }
        Stripe stripe = stripe(key);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            synchronized (stripe) {
                int slot = stripe.find(key);
                if (slot < 0 && reserve()) {
                    slot = stripe.add(key, now, arithmetic);
                    changes.getAndIncrement();
                }
                if (slot >= 0) {
                    return grant(stripe.words(), stripe.at(slot), now, cost, clocks, told);
                }
            }
            if (!makeRoom(now)) {
                break;
            }
        }
        synchronized (shared) {
            useShared(now);
            return Standing.shared(grant(shared, 0, now, cost, clocks, told));
        }
    }

    /** Changes a bucket that units were taken from, and tells how it stands; one that is forgotten by now is as good as new. */
    long change(KeyHash key, boolean ofShared, Clocks clocks, Change change) {
        long now = arithmetic.now(clocks);
        if (ofShared) {
            synchronized (shared) {
                useShared(now);
                change.apply(shared, 0, now);
                return Standing.shared(tell(shared, 0, now, clocks));
            }
        }
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.find(key);
            if (slot < 0 && change.needsBucket() && reserve()) {
                slot = stripe.add(key, now, arithmetic);
                changes.getAndIncrement();
            }
            if (slot >= 0) {
                change.apply(stripe.words(), stripe.at(slot), now);
                stripe.note(slot, arithmetic);
                changes.getAndIncrement();
                return tell(stripe.words(), stripe.at(slot), now, clocks);
            }
        }
        return look(key, 1, clocks, null);
    }

    /** What is done to a bucket. */
    @FunctionalInterface
    interface Change {

        void apply(long[] words, int at, long now);

        /** Whether a key that has no bucket gets one. */
        default boolean needsBucket() {
            return false;
        }
    }

    /** How the bucket stands that a key would be counted in, as if units were taken from it. Without any effect. */
    long look(KeyHash key, long cost, Clocks clocks, @Nullable CountedDecision told) {
        long now = arithmetic.now(clocks);
        long[] words = new long[arithmetic.words()];
        boolean ofShared = copy(key, words, now);
        long before = tell(words, 0, now, clocks);
        boolean there = Standing.isCharged(grant(words, 0, now, cost, clocks, told));
        long standing = there ? before : Standing.exceeded(before);
        return ofShared ? Standing.shared(standing) : standing;
    }

    private long grant(long[] words, int at, long now, long cost, Clocks clocks, @Nullable CountedDecision told) {
        if (arithmetic.take(words, at, now, cost)) {
            if (told != null) {
                told.delay(arithmetic.delayMillis(words, at));
            }
            return Standing.charged(tell(words, at, now, clocks));
        }
        if (told != null) {
            told.refuse(arithmetic.nanosUntil(words, at, now, clocks, cost));
        }
        return Standing.exceeded(tell(words, at, now, clocks));
    }

    private long tell(long[] words, int at, long now, Clocks clocks) {
        long remaining = arithmetic.remaining(words, at, now);
        boolean full = remaining == arithmetic.capacity() && remaining > 0;
        return Standing.of(remaining, full ? 0 : arithmetic.nanosUntil(words, at, now, clocks, remaining + 1));
    }

    /** Copies the bucket that a key would be counted in; whether that is the shared one. */
    private boolean copy(KeyHash key, long[] words, long now) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.find(key);
            if (slot >= 0) {
                System.arraycopy(stripe.words(), stripe.at(slot), words, 0, words.length);
                return false;
            }
        }
        if (keys.get() >= maxKeys && !anyMayFree(now)) {
            synchronized (shared) {
                if (sharedUsed) {
                    System.arraycopy(shared, 0, words, 0, words.length);
                    return true;
                }
            }
        }
        arithmetic.fresh(words, 0, now);
        return false;
    }

    /** Forgets what a key has used; whether it had a bucket. */
    boolean reset(KeyHash key) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.find(key);
            if (slot < 0) {
                return false;
            }
            stripe.forget(slot);
        }
        keys.decrementAndGet();
        return true;
    }

    /** Tells every key and what is left for it, a stripe at a time. */
    void each(Clocks clocks, ObjLongConsumer<KeyHash> consumer) {
        long now = arithmetic.now(clocks);
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                for (int slot = 0; slot < stripe.slots(); slot++) {
                    KeyHash key = stripe.key(slot);
                    if (key != null) {
                        consumer.accept(key, arithmetic.remaining(stripe.words(), stripe.at(slot), now));
                    }
                }
            }
        }
    }

    /** How many keys have a bucket of their own. */
    int size() {
        return keys.get();
    }

    private void useShared(long now) {
        if (!sharedUsed) {
            sharedUsed = true;
            arithmetic.fresh(shared, 0, now);
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
    private boolean makeRoom(long now) {
        int changesBefore = changes.get();
        Full known = full;
        if (known != null && known.changes == changesBefore && known.until - now > 0) {
            return keys.get() < maxKeys;
        }
        int first = nextToSweep.getAndIncrement();
        long earliest = now + Arithmetic.FAR;
        for (int i = 0; i < stripes.length; i++) {
            Stripe stripe = stripes[first + i & stripes.length - 1];
            if (stripe.mayFree(now)) {
                int freed;
                synchronized (stripe) {
                    freed = stripe.sweep(now, arithmetic);
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

    private boolean anyMayFree(long now) {
        for (Stripe stripe : stripes) {
            if (stripe.mayFree(now)) {
                return true;
            }
        }
        return false;
    }

    private Stripe stripe(KeyHash key) {
        return stripes[(int) key.high() & stripes.length - 1];
    }
}
