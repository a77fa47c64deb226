package dev.lintel.filters.ratelimit;

import dev.lintel.Awaited;
import dev.lintel.Exchange;
import dev.lintel.Time;
import dev.lintel.filter.Rehearsal;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimitStore;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a store decide, within a deadline, and decides what becomes of requests about which it does not. Thread-safe. */
final class StoreGate {

    /** That nobody could count the request, and it is not to pass so. */
    static final RateLimitDecision UNCOUNTED = RateLimitDecision.refused(List.of(), 1);

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitFilter.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final RateLimitStore store;
    private final Duration deadline;
    private final RateLimitFilter.StoreError onError;
    private final int instances;
    private final LongAdder failures = new LongAdder();
    private final AtomicLong toldAt = new AtomicLong(Long.MIN_VALUE);

    /** What came of asking. */
    enum Asked {
        /** The request is to be set aside. */
        WAITS,
        /** There is a decision in the passage. */
        ANSWERED,
        /** Nobody: it is to be decided here. */
        NOBODY
    }

    StoreGate(RateLimitStore store, RateLimitOptions.Store options) {
        this.store = store;
        this.deadline = options.deadline();
        this.onError = options.onError();
        this.instances = options.instances();
    }

    RateLimitStore store() {
        return store;
    }

    /** How often the store did not decide. */
    long failures() {
        return failures.sum();
    }

    Asked ask(Object owner, Passage passage, Exchange exchange, HttpServletResponse response) {
        List<Charge> charges = passage.charges();
        if (charges.isEmpty() || passage.isLocal()) {
            return Asked.NOBODY;
        }
        Time time = exchange.settings().time();
        Awaited<RateLimitDecision> outcome = exchange.await(
                owner,
                () -> {
                    CompletionStage<RateLimitDecision> asked = store.acquire(charges, time);
                    passage.asked(asked);
                    return asked;
                },
                deadline.plus(longestQueue(charges)));
        if (outcome instanceof Awaited.Suspended) {
            return Asked.WAITS;
        }
        if (outcome instanceof Awaited.Ready<RateLimitDecision> ready) {
            passage.decision(ready.value());
            if (passage.claim()) {
                settleAtEnd(passage.due(), ready.value(), exchange, response);
            }
            return Asked.ANSWERED;
        }
        failed(passage, outcome instanceof Awaited.Failed<RateLimitDecision> failure ? failure.cause() : null, time);
        return switch (onError) {
            case LOCAL -> {
                passage.due().countAsOneOf(gateways());
                passage.local();
                yield Asked.NOBODY;
            }
            case ALLOW -> answered(passage, RateLimitDecision.none());
            case DENY -> answered(passage, UNCOUNTED);
        };
    }

    private static Asked answered(Passage passage, RateLimitDecision decision) {
        passage.decision(decision);
        return Asked.ANSWERED;
    }

    /** How many count for themselves now: the limits kept here are parts already if that was told beforehand. */
    private int gateways() {
        return instances > 1 ? 1 : store.sharers();
    }

    /**
     * What would be decided now, and by whom, which is remarked: asks the store for as long as a request would wait for it.
     *
     * @return null if it is to be looked at here
     */
    @Nullable
    RateLimitDecision foretell(Due due, Time time, Rehearsal rehearsal) {
        if (due.charges().isEmpty()) {
            return null;
        }
        RateLimitDecision known = peek(due.charges(), time);
        String says = store.status().detail();
        if (known != null) {
            rehearsal.remark("decided by the store: " + says);
            return known;
        }
        return switch (onError) {
            case LOCAL -> {
                int number = instances > 1 ? instances : store.sharers();
                rehearsal.remark("decided here, as one of " + number + ", since the store does not: " + says);
                due.countAsOneOf(gateways());
                yield null;
            }
            case ALLOW -> {
                rehearsal.remark("passes uncounted, since the store does not decide: " + says);
                yield RateLimitDecision.none();
            }
            case DENY -> {
                rehearsal.remark("refused, since the store does not decide: " + says);
                yield UNCOUNTED;
            }
        };
    }

    private @Nullable RateLimitDecision peek(List<Charge> charges, Time time) {
        try {
            return store.peek(charges, time).toCompletableFuture().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException | RuntimeException silent) {
            return null;
        }
    }

    /** What is granted too late is given back, permits above all. */
    private void failed(Passage passage, @Nullable Throwable cause, Time time) {
        settleLater(passage, new long[passage.charges().size()]);
        failures.increment();
        long now = time.nanos().getAsLong();
        long last = toldAt.get();
        if ((last == Long.MIN_VALUE || now - last >= PAUSE) && toldAt.compareAndSet(last, now)) {
            LOG.warn(
                    "limits: {} requests so far not decided by the store within {} ms, the last for {}; it says: {}",
                    failures.sum(),
                    deadline.toMillis(),
                    cause == null ? "an unknown cause" : cause.getClass().getSimpleName(),
                    store.status().detail());
        }
    }

    /** Ends the waiting of a request that ended while it waited: what was asked for counts, permits come back. */
    void abandon(Passage passage) {
        settleLater(passage, passage.charges().stream().mapToLong(Charge::cost).toArray());
    }

    /** Settles what the store may grant yet, if nobody else does. */
    private void settleLater(Passage passage, long[] costs) {
        CompletionStage<RateLimitDecision> asked = passage.asked();
        if (asked != null && passage.claim()) {
            List<Charge> charges = passage.charges();
            var unused = asked.whenComplete((late, failure) -> {
                if (late != null && late.isAllowed()) {
                    settle(late, charges, costs);
                }
            });
        }
    }

    private void settleAtEnd(Due due, RateLimitDecision decision, Exchange exchange, HttpServletResponse response) {
        if (due.settings() != null && decision.isAllowed()) {
            exchange.onComplete(ended -> settle(decision, due.charges(), due.costs(ended, response)));
        }
    }

    /** Says what was used of what the store has granted. */
    void settle(RateLimitDecision decision, List<Charge> charges, long[] costs) {
        var unused = store.settle(decision, charges, costs).whenComplete((done, failure) -> {
            if (failure != null) {
                failures.increment();
            }
        });
    }

    private static Duration longestQueue(List<Charge> charges) {
        Duration longest = Duration.ZERO;
        for (Charge charge : charges) {
            if (charge.limit() instanceof RateLimit.Concurrency permits
                    && permits.maxWait().compareTo(longest) > 0) {
                longest = permits.maxWait();
            }
        }
        return longest;
    }
}
