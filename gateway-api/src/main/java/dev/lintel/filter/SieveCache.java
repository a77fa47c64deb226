package dev.lintel.filter;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map for filters that keep something for later. What is kept leaves when it is dropped, when it is no longer good, or for
 * want of room, and then that first that nobody asked for since it was last looked at (SIEVE). Finding takes no lock and changes no
 * order. Thread-safe.
 *
 * @param <K> the keys; comparable ones stay fast whoever chooses them
 * @param <V> what is kept; immutable
 */
public final class SieveCache<K, V> {

    /** Of how many it is found out whether they are still good whenever one is added: more than one, to come round. */
    private static final int LOOKED_AT = 2;

    private final long maxWeight;
    private final long maxEntries;
    private final ToLongFunction<? super V> weigher;
    private final ConcurrentMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();

    /** A ring in the order in which they came, guarded by itself like all that follows; it begins and ends here. */
    private final Ring<K, V> ring = new Ring<>();

    private long weight;
    private final AtomicLong evicted = new AtomicLong();

    /** What is kept and its place in the ring; with nothing kept the ring's end. */
    private static final class Entry<K, V> {
        final @Nullable K key;
        final @Nullable V value;
        final long weight;
        Entry<K, V> older = this;
        Entry<K, V> newer = this;
        volatile boolean asked;

        Entry(@Nullable K key, @Nullable V value, long weight) {
            this.key = key;
            this.value = value;
            this.weight = weight;
        }
    }

    /** The order, and how far two walks through it have come: one looks for room, the other for what is no longer good. */
    private static final class Ring<K, V> {
        final Entry<K, V> end = new Entry<>(null, null, 0);
        Entry<K, V> forRoom = end;
        Entry<K, V> forTime = end;

        void add(Entry<K, V> entry) {
            entry.older = end.older;
            entry.newer = end;
            end.older.newer = entry;
            end.older = entry;
        }

        void remove(Entry<K, V> entry) {
            forRoom = forRoom == entry ? entry.newer : forRoom;
            forTime = forTime == entry ? entry.newer : forTime;
            entry.older.newer = entry.newer;
            entry.newer.older = entry.older;
        }
    }

    /**
     * Makes one that is empty.
     *
     * @param maxWeight how much all that is kept may weigh together
     * @param maxEntries how many may be kept
     * @param weigher tells what one weighs, always the same, in any unit
     */
    public SieveCache(long maxWeight, long maxEntries, ToLongFunction<? super V> weigher) {
        this.maxWeight = maxWeight;
        this.maxEntries = maxEntries;
        this.weigher = requireNonNull(weigher, "weigher");
    }

    /** What is kept under a key, noting that it was asked for; null for nothing. */
    public @Nullable V find(K key) {
        Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (!entry.asked) {
            entry.asked = true;
        }
        return entry.value;
    }

    /** The same without noting it. */
    public @Nullable V peek(K key) {
        Entry<K, V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /**
     * Keeps something in place of what is under its key, unless it is heavier than all together may be.
     *
     * @param good whether what is kept is still of use; some of the others are asked, and leave if not
     * @return whether it is kept
     */
    public boolean keep(K key, V value, Predicate<? super V> good) {
        Entry<K, V> entry = new Entry<>(key, value, weigher.applyAsLong(value));
        if (entry.weight > maxWeight || maxEntries < 1) {
            return false;
        }
        synchronized (ring) {
            dropSpoilt(good);
            Entry<K, V> before = entries.get(key);
            if (before != null) {
                drop(before);
            }
            while (weight + entry.weight > maxWeight || entries.size() >= maxEntries) {
                evicted.incrementAndGet();
                drop(leastWanted());
            }
            weight += entry.weight;
            ring.add(entry);
            entries.put(key, entry);
        }
        return true;
    }

    /** Drops what is under a key if it is exactly this; whether it was. */
    public boolean drop(K key, V value) {
        Entry<K, V> entry = entries.get(key);
        return entry != null && entry.value == value && drop(entry);
    }

    /** Drops what is under a key; whether there was anything. */
    public boolean drop(K key) {
        Entry<K, V> entry = entries.get(key);
        return entry != null && drop(entry);
    }

    /** Drops all that is no longer good. */
    public void retain(Predicate<? super V> good) {
        for (Entry<K, V> entry : new ArrayList<>(entries.values())) {
            if (entry.value != null && !good.test(entry.value)) {
                var unused = drop(entry);
            }
        }
    }

    /** How many are kept. */
    public int size() {
        return entries.size();
    }

    /** How much they weigh. */
    public long weight() {
        synchronized (ring) {
            return weight;
        }
    }

    /** How many have had to leave for want of room. */
    public long evicted() {
        return evicted.get();
    }

    private boolean drop(Entry<K, V> entry) {
        synchronized (ring) {
            // another thread may have dropped it meanwhile
            boolean there = entry.key != null && entries.remove(entry.key, entry);
            if (there) {
                ring.remove(entry);
                weight -= entry.weight;
            }
            return there;
        }
    }

    private void dropSpoilt(Predicate<? super V> good) {
        for (int i = 0; i < LOOKED_AT; i++) {
            Entry<K, V> entry = ring.forTime;
            ring.forTime = entry.newer;
            if (entry.value != null && !good.test(entry.value)) {
                var unused = drop(entry);
            }
        }
    }

    /** The next one that nobody asked for since the walk came by last, or any after one round, however often all are asked for. */
    private Entry<K, V> leastWanted() {
        Entry<K, V> entry = ring.forRoom;
        int left = entries.size();
        while (entry.value == null || (entry.asked && left > 0)) {
            entry.asked = false;
            entry = entry.newer;
            left--;
        }
        ring.forRoom = entry;
        return entry;
    }
}
