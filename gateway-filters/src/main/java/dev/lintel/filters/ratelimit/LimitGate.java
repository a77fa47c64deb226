package dev.lintel.filters.ratelimit;

import dev.lintel.Awaited;
import dev.lintel.Exchange;
import dev.lintel.Time;
import dev.lintel.filters.ratelimit.PermitQueue.Waiter;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitDecision;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Charges requests by the local limiter, has them wait where their limits say so, and settles them when they have ended.
 * Thread-safe.
 */
final class LimitGate {

    private final Object owner;
    private final LocalRateLimiter limiter;
    private final @Nullable StoreGate store;
    private final boolean mayWait;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final String attribute;

    /**
     * @param owner the filter, in whose name requests wait
     * @param store what is asked first; null if nothing is
     */
    LimitGate(Object owner, RateLimitOptions options, LocalRateLimiter limiter, @Nullable StoreGate store) {
        this.owner = owner;
        this.limiter = limiter;
        this.store = store;
        this.maxWaiting = options.maxWaiting();
        this.mayWait = store != null || options.limits().stream().anyMatch(LimitGate::mayWait);
        this.attribute = LimitGate.class.getName() + "." + Integer.toHexString(System.identityHashCode(this));
    }

    private static boolean mayWait(LimitSetting setting) {
        return mayWait(setting.limit())
                || setting.tiers().limits().values().stream().anyMatch(LimitGate::mayWait);
    }

    private static boolean mayWait(RateLimit limit) {
        return limit instanceof RateLimit.LeakyBucket bucket && bucket.delay() < bucket.burst()
                || limit instanceof RateLimit.Concurrency permits && permits.queue() > 0;
    }

    /** How far a request has come that waited before, or null. */
    @Nullable
    Passage resumed(HttpServletRequest request) {
        return mayWait && request.getAttribute(attribute) instanceof Passage passage ? passage : null;
    }

    /** Decides about a request that waited for nothing so far; null if it has been set aside. */
    @Nullable
    RateLimitDecision decide(Due due, Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        if (mayWait) {
            return decide(new Passage(due), exchange, request, response);
        }
        RateLimitDecision decision =
                limiter.acquire(due.charges(), exchange.settings().time());
        settleAtEnd(due, decision, exchange, response);
        return decision;
    }

    /** Goes on with a request that may wait, or has waited; null if it has been set aside. */
    @Nullable
    RateLimitDecision decide(
            Passage passage, Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        RateLimitDecision decision = passage.decision();
        if (decision == null || !decision.isAllowed()) {
            StoreGate.Asked asked =
                    store == null ? StoreGate.Asked.NOBODY : store.ask(owner, passage, exchange, response);
            decision = switch (asked) {
                case WAITS -> null;
                case ANSWERED -> passage.decision();
                case NOBODY -> charge(passage, exchange, response);
            };
            if (decision == null) {
                setAside(passage, exchange, request);
                return null;
            }
            if (decision.isAllowed() && decision.delayMillis() > 0 && !count(passage)) {
                return finish(
                        passage,
                        request,
                        tooManyWaiting(passage, decision, exchange.settings().time()));
            }
            passage.decision(decision);
        }
        if (decision.isAllowed() && decision.delayMillis() > 0) {
            Duration delay = Duration.ofMillis(decision.delayMillis());
            // what never comes is awaited for as long as the request has to wait
            if (exchange.await(owner, CompletableFuture::new, delay) instanceof Awaited.Suspended) {
                setAside(passage, exchange, request);
                return null;
            }
        }
        return finish(passage, request, decision);
    }

    /** Charges what is due, waiting for permits where that is possible; null if the request is to be set aside. */
    private @Nullable RateLimitDecision charge(Passage passage, Exchange exchange, HttpServletResponse response) {
        Time time = exchange.settings().time();
        List<Charge> charges = passage.charges();
        while (true) {
            if (passage.waiter() != null && !isHeldNow(passage, exchange)) {
                return passage.waiter() == null ? passage.decision() : null;
            }
            CountedDecision decision = limiter.acquire(charges, time, passage.held(), passage.standings());
            if (decision.isAllowed()) {
                passage.letGo();
                settleAtEnd(passage.due(), decision, exchange, response);
                return decision;
            }
            if (!enterQueue(passage, decision, time)) {
                release(passage, time);
                return decision;
            }
        }
    }

    /** Begins to wait for the first permit that is missing, if nothing else is. */
    private boolean enterQueue(Passage passage, CountedDecision decision, Time time) {
        List<Charge> charges = passage.charges();
        int first = -1;
        for (int i = 0; i < charges.size(); i++) {
            if (decision.isExceeded(i) && !charges.get(i).observed()) {
                if (!limiter.counted(charges.get(i).limit()).queue().isOpen()) {
                    return false;
                }
                first = first < 0 ? i : first;
            }
        }
        if (first < 0 || !count(passage)) {
            return false;
        }
        Charge charge = charges.get(first);
        PermitQueue queue = limiter.counted(charge.limit()).queue();
        Waiter waiter = queue.enter(charge.key(), () -> limiter.take(charge, Clocks.of(time), null));
        if (waiter == null) {
            return false;
        }
        passage.decision(decision);
        passage.waitFor(first, waiter);
        return true;
    }

    /** Whether the permit waited for has come; if not, and no waiter is left, it never will. */
    private boolean isHeldNow(Passage passage, Exchange exchange) {
        Waiter waiter = passage.waiter();
        Charge charge = passage.charges().get(passage.waitsFor());
        if (waiter == null || !(charge.limit() instanceof RateLimit.Concurrency permits)) {
            return false;
        }
        Awaited<Long> outcome = exchange.await(owner, () -> waiter, permits.maxWait());
        if (outcome instanceof Awaited.Suspended) {
            return false;
        }
        if (outcome instanceof Awaited.Ready
                || !limiter.counted(permits).queue().leave(waiter)) {
            // in the latter case it comes in this very instant
            passage.hold(waiter.join());
            return true;
        }
        release(passage, exchange.settings().time());
        return false;
    }

    /** Gives back what was waited for. */
    private void release(Passage passage, Time time) {
        Clocks now = Clocks.of(time);
        long[] standings = passage.standings();
        for (int i = 0; standings != null && i < standings.length; i++) {
            if ((passage.held() >> i & 1) != 0) {
                limiter.release(passage.charges().get(i), standings[i], now);
            }
        }
        passage.letGo();
    }

    private void setAside(Passage passage, Exchange exchange, HttpServletRequest request) {
        if (request.getAttribute(attribute) == null) {
            request.setAttribute(attribute, passage);
            exchange.onComplete(over -> abandon(passage, over.settings().time()));
        }
    }

    /** Ends the waiting of a request that ended while it waited. */
    private void abandon(Passage passage, Time time) {
        uncount(passage);
        if (store != null) {
            store.abandon(passage);
        }
        Waiter waiter = passage.waiter();
        if (waiter != null) {
            Charge charge = passage.charges().get(passage.waitsFor());
            if (!limiter.counted(charge.limit()).queue().leave(waiter)) {
                passage.hold(waiter.join());
            }
        }
        release(passage, time);
    }

    private RateLimitDecision finish(Passage passage, HttpServletRequest request, RateLimitDecision decision) {
        uncount(passage);
        request.removeAttribute(attribute);
        return decision;
    }

    private boolean count(Passage passage) {
        if (passage.isCounted()) {
            return true;
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return false;
        }
        passage.counted(true);
        return true;
    }

    private void uncount(Passage passage) {
        if (passage.isCounted()) {
            passage.counted(false);
            waiting.decrementAndGet();
        }
    }

    /** What is asked first, or null if nothing is. */
    @Nullable
    StoreGate store() {
        return store;
    }

    /** How many requests wait. */
    int waiting() {
        return waiting.get();
    }

    /** Takes back what was granted to a request that would have to wait, where no more may. */
    private RateLimitDecision tooManyWaiting(Passage passage, RateLimitDecision granted, Time time) {
        List<Charge> charges = passage.charges();
        if (passage.due().settings() != null) {
            passage.due().unused();
        } else if (granted instanceof CountedDecision local) {
            limiter.settle(local, charges, new long[charges.size()], time);
        } else if (store != null) {
            store.settle(granted, charges, new long[charges.size()]);
        }
        return RateLimitDecision.refused(granted.states(), Math.max(1, (granted.delayMillis() + 999) / 1_000));
    }

    private void settleAtEnd(Due due, RateLimitDecision decision, Exchange exchange, HttpServletResponse response) {
        if (due.settings() != null && decision.isAllowed() && decision instanceof CountedDecision local) {
            exchange.onComplete(ended -> limiter.settle(
                    local,
                    due.charges(),
                    due.costs(ended, response),
                    ended.settings().time()));
        }
    }
}
