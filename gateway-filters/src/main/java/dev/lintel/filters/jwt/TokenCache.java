package dev.lintel.filters.jwt;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were verified and are still valid, found by their digest. Only good tokens get in, so nobody without one can
 * fill it. Bounded by weight; a token leaves when it has expired, when its key is gone, or for want of room, and then those
 * first that nobody asked for since they were last looked at (SIEVE). Finding takes no lock and changes no order. Thread-safe.
 */
final class TokenCache {

    /** Of how many tokens it is found out whether they have expired whenever one is added: more than one, to come round. */
    private static final int LOOKED_AT = 2;

    private final long maxWeight;
    private final ConcurrentMap<TokenDigest, Entry> entries = new ConcurrentHashMap<>();

    /** A ring in the order in which tokens came, guarded by itself like all that follows; it begins and ends here. */
    private final Ring ring = new Ring();

    private long weight;

    /** A token and its place in the ring; without a token the ring's end. */
    private static final class Entry {
        final @Nullable TokenDigest digest;
        final TokenDecision.@Nullable Verified decision;
        Entry older = this;
        Entry newer = this;
        volatile boolean asked;

        Entry(@Nullable TokenDigest digest, TokenDecision.@Nullable Verified decision) {
            this.digest = digest;
            this.decision = decision;
        }

        int weight() {
            return decision == null ? 0 : decision.token().weight();
        }

        boolean isGood(KeySet keys, long now) {
            return decision != null
                    && decision.token().validity().includes(now)
                    && keys.holds(decision.token().key());
        }
    }

    /** The order, and how far two walks through it have come: one looks for room, the other for what has expired. */
    private static final class Ring {
        final Entry end = new Entry(null, null);
        Entry forRoom = end;
        Entry forTime = end;

        void add(Entry entry) {
            entry.older = end.older;
            entry.newer = end;
            end.older.newer = entry;
            end.older = entry;
        }

        void remove(Entry entry) {
            forRoom = forRoom == entry ? entry.newer : forRoom;
            forTime = forTime == entry ? entry.newer : forTime;
            entry.older.newer = entry.newer;
            entry.newer.older = entry.older;
        }
    }

    /** @param maxWeight how much it holds, counted in {@link VerifiedToken#weight} */
    TokenCache(long maxWeight) {
        this.maxWeight = maxWeight;
    }

    /**
     * A token that was verified before, if it is valid now and its key still is.
     *
     * @param now milliseconds since the epoch
     */
    TokenDecision.@Nullable Verified find(TokenDigest digest, KeySet keys, long now) {
        Entry entry = entries.get(digest);
        if (entry == null) {
            return null;
        }
        if (!entry.isGood(keys, now)) {
            drop(entry);
            return null;
        }
        if (!entry.asked) {
            entry.asked = true;
        }
        return entry.decision;
    }

    /**
     * Keeps a token that is valid now.
     *
     * @param now milliseconds since the epoch
     */
    void keep(TokenDigest digest, TokenDecision.Verified decision, long now) {
        Entry entry = new Entry(digest, decision);
        if (entry.weight() > maxWeight) {
            return;
        }
        synchronized (ring) {
            dropExpired(now);
            Entry before = entries.get(digest);
            if (before != null) {
                drop(before);
            }
            while (weight + entry.weight() > maxWeight) {
                drop(leastWanted());
            }
            weight += entry.weight();
            ring.add(entry);
            entries.put(digest, entry);
        }
    }

    /** Drops every token whose key is not among {@code keys}. */
    void retain(KeySet keys) {
        for (Entry entry : new ArrayList<>(entries.values())) {
            if (entry.decision != null && !keys.holds(entry.decision.token().key())) {
                drop(entry);
            }
        }
    }

    /** How many tokens are held. */
    int size() {
        return entries.size();
    }

    /** How much they weigh. */
    long weight() {
        synchronized (ring) {
            return weight;
        }
    }

    private void drop(Entry entry) {
        synchronized (ring) {
            // another thread may have dropped it meanwhile
            if (entry.digest != null && entries.remove(entry.digest, entry)) {
                ring.remove(entry);
                weight -= entry.weight();
            }
        }
    }

    private void dropExpired(long now) {
        for (int i = 0; i < LOOKED_AT; i++) {
            Entry entry = ring.forTime;
            ring.forTime = entry.newer;
            if (entry.decision != null && !entry.decision.token().validity().includes(now)) {
                drop(entry);
            }
        }
    }

    /** The next one that nobody asked for since the walk came by last, or any after one round, however often all are asked for. */
    private Entry leastWanted() {
        Entry entry = ring.forRoom;
        int left = entries.size();
        while (entry.decision == null || (entry.asked && left > 0)) {
            entry.asked = false;
            entry = entry.newer;
            left--;
        }
        ring.forRoom = entry;
        return entry;
    }
}
