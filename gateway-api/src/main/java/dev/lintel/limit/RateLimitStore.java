package dev.lintel.limit;

import dev.lintel.Time;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps count somewhere that several gateways share, and answers later. No method waits: each returns at once, and its stage is
 * completed on any thread, or failed if the store cannot be asked; it must be within a bound, though whoever asks has a deadline
 * of his own. A store that knows that it cannot be asked fails at once. Implementations are thread-safe.
 *
 * <p>Limits are told apart by name and numbers, and keys by their hashes, into which {@link #hasher} and the filter have put where
 * they are counted: two filters never share a count unless they are told to. Time is the store's own; {@code time} is only for
 * what the calling process measures.
 */
public interface RateLimitStore extends AutoCloseable {

    /**
     * Why the store cannot count a limit, in words that follow {@code expected:}; empty if it can. Asked when a filter is built,
     * which fails then.
     */
    Optional<String> objection(RateLimit limit);

    /** Hashes keys by a secret that is the same for all who share the store. */
    KeyHasher hasher();

    /**
     * Charges all or nothing, in one step for whoever else asks.
     *
     * @param charges what to charge, at least one
     */
    CompletionStage<RateLimitDecision> acquire(List<Charge> charges, Time time);

    /** What {@link #acquire} would decide now, without any effect. */
    CompletionStage<RateLimitDecision> peek(List<Charge> charges, Time time);

    /**
     * Says what a request cost in the end: units that it did not need are given back, units that it needed more are taken even
     * if they are not there, and are owed then, up to a whole quota more. Permits of {@link RateLimit.Concurrency} are given back,
     * whatever it cost. Called at most once for a decision, which allowed, when its request has ended.
     *
     * @param decision what this store has decided
     * @param charges what was charged for it
     * @param costs what each of these cost in the end, at least 0
     */
    CompletionStage<Void> settle(RateLimitDecision decision, List<Charge> charges, long[] costs);

    /** Forgets what a key has used of a limit. */
    CompletionStage<Void> reset(RateLimit limit, KeyHash key);

    /** Whether the store can be asked, as far as is known now. */
    Status status();

    /**
     * How many gateways count by this store, the calling one included, as last known; at least 1. Each takes such a part of a limit
     * while the store cannot be asked.
     */
    default int sharers() {
        return 1;
    }

    /** Gives back what the store holds, for whoever opened it; another who opened the same goes on. */
    @Override
    void close();

    /**
     * How a store is. Immutable and thread-safe.
     *
     * @param available whether it answers
     * @param detail one sentence for a person, without secrets
     */
    record Status(boolean available, String detail) {}
}
