package dev.lintel.filters.cache;

import static java.util.Objects.requireNonNull;

import dev.lintel.filter.SieveCache;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept, and what has become of requests. Bounded in bytes and in number, those that are being copied included;
 * finding takes no lock. Thread-safe.
 */
final class ResponseStore {

    /** How many marks tell that what was under a key has become invalid: keys that share one are refetched once too often. */
    private static final int MARKS = 1024;

    private final long maxCopied;
    private final long maxSize;
    private final int maxVariants;
    private final SieveCache<String, Variants> kept;
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLongArray marks = new AtomicLongArray(MARKS);
    private final AtomicLong clearings = new AtomicLong();
    private final AtomicLong turns = new AtomicLong();
    private final ReentrantLock changing = new ReentrantLock();
    private final LongAdder stored = new LongAdder();
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);

    /** What became of a request. */
    enum Outcome {
        HIT,
        MISS,
        REVALIDATED,
        STALE,
        BYPASS
    }

    ResponseStore(CacheOptions options) {
        // a quarter more while answers are copied, but never less than one of them
        maxCopied = Math.max(options.maxSize() / 4, options.maxEntrySize());
        maxSize = options.maxSize();
        maxVariants = options.maxVariants();
        kept = new SieveCache<>(options.maxSize(), options.maxEntries(), Variants::weight);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    @Nullable
    Variants find(String key) {
        return kept.find(key);
    }

    @Nullable
    Variants peek(String key) {
        return kept.peek(key);
    }

    /** To be told when an answer that was asked for now is to be kept; another by then if it has become invalid meanwhile. */
    long mark(String key) {
        return marks.get(slot(key)) + clearings.get();
    }

    /** The turn of a request that asks now: who asks later has a greater one, whatever clocks say. */
    long turn() {
        return turns.incrementAndGet();
    }

    private static int slot(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & MARKS - 1;
    }

    /**
     * Keeps an answer, unless what is under its key has become invalid since it was asked for, or another that was asked for later is kept;
     * whether it is kept.
     */
    boolean keep(String key, StoredResponse response, long mark, long nowNanos) {
        return keep(key, response, mark, nowNanos, false);
    }

    /** The same for one that has been confirmed, unless its body is not kept any more: whatever took its place is not to leave for it. */
    boolean confirm(String key, StoredResponse response, long mark, long nowNanos) {
        return keep(key, response, mark, nowNanos, true);
    }

    private boolean keep(String key, StoredResponse response, long mark, long nowNanos, boolean again) {
        changing.lock();
        try {
            Variants before = kept.peek(key);
            if (mark(key) != mark || again && (before == null || !before.have(response.body()))) {
                return false;
            }
            Variants after = before == null ? Variants.of(key, response) : before.with(response, maxVariants, maxSize);
            boolean done = after != null && kept.keep(key, after, variants -> variants.areOfUse(nowNanos));
            if (done) {
                stored.increment();
            }
            return done;
        } finally {
            changing.unlock();
        }
    }

    /** Drops an answer and what has taken its place, as far as that was asked for before a turn. */
    void drop(String key, StoredResponse response, long turn, long nowNanos) {
        changing.lock();
        try {
            Variants before = kept.peek(key);
            if (before == null) {
                return;
            }
            Variants after = before.without(response, turn);
            if (after == null) {
                var unused = kept.drop(key, before);
            } else if (after.responses().size() < before.responses().size()) {
                var unused = kept.keep(key, after, variants -> variants.areOfUse(nowNanos));
            }
        } finally {
            changing.unlock();
        }
    }

    /** Drops all that is under a key, and keeps nothing that was asked for before. */
    void invalidate(String key) {
        changing.lock();
        try {
            marks.incrementAndGet(slot(key));
            var unused = kept.drop(key);
        } finally {
            changing.unlock();
        }
    }

    /** Drops everything, and keeps nothing that was asked for before. */
    void clear() {
        changing.lock();
        try {
            clearings.incrementAndGet();
            kept.retain(any -> false);
        } finally {
            changing.unlock();
        }
    }

    /** Takes room for what is being copied; whether there is. */
    boolean reserve(long bytes) {
        if (copied.addAndGet(bytes) <= maxCopied) {
            return true;
        }
        copied.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        copied.addAndGet(-bytes);
    }

    void count(Outcome outcome) {
        requireNonNull(outcomes.get(outcome)).increment();
    }

    long counted(Outcome outcome) {
        return requireNonNull(outcomes.get(outcome)).sum();
    }

    long stored() {
        return stored.sum();
    }

    int size() {
        return kept.size();
    }

    long weight() {
        return kept.weight();
    }

    long evicted() {
        return kept.evicted();
    }

    /** How much room copies take now. */
    long copied() {
        return copied.get();
    }
}
