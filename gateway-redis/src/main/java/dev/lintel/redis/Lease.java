package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimitDecision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Units of some limits for some keys that this gateway has taken in advance, and the requests that wait for more. One question
 * at a time is put to Redis; those that come meanwhile are answered by the next. Thread-safe; never waits.
 */
final class Lease {

    /** A minute in nanoseconds times this fits into a long. */
    private static final long MOST_COUNTED = 100_000_000;

    private final Counting counting;
    private final Counters counters;
    private final List<Charge> charges;
    private final long most;
    private final long timeNanos;

    private final Deque<CompletableFuture<RateLimitDecision>> waiting = new ArrayDeque<>();
    private boolean asking;
    private long arrived;
    private long askedAt = System.nanoTime();
    private long units;
    private long goodUntil;
    private long endsAt = Long.MAX_VALUE;
    private long refusedUntil;
    private boolean refusing;
    private @Nullable SharedDecision last;
    private long usedAt = askedAt;
    private boolean ended;

    Lease(Counting counting, Counters counters, List<Charge> charges, long most, long timeNanos) {
        this.counting = counting;
        this.counters = counters;
        this.charges = List.copyOf(charges);
        this.most = most;
        this.timeNanos = timeNanos;
    }

    /** Null if it has ended: another one is to be asked. */
    @Nullable
    CompletableFuture<RateLimitDecision> acquire(Time time) {
        CompletableFuture<RateLimitDecision> later;
        long ask;
        synchronized (this) {
            if (ended) {
                return null;
            }
            long now = System.nanoTime();
            usedAt = now;
            arrived++;
            SharedDecision known = last;
            if (known != null && units > 0 && goodUntil - now > 0) {
                units--;
                counters.leased();
                return CompletableFuture.completedFuture(known);
            }
            if (known != null && refusing && refusedUntil - now > 0) {
                counters.leased();
                long seconds = Math.max(1, LimitCode.seconds(refusedUntil - now));
                return CompletableFuture.completedFuture(
                        seconds < known.retryAfterSeconds() ? known.refusedFor(seconds) : known);
            }
            later = new CompletableFuture<>();
            waiting.add(later);
            if (asking) {
                return later;
            }
            ask = next(now);
        }
        // what was not used in its time goes first, before the answer takes its place
        giveBack(false);
        ask(ask, time);
        return later;
    }

    /** How many to ask for: one for each that waits, and as many as will come in half of the time that they are good for. */
    private long next(long now) {
        asking = true;
        long passed = Math.max(1, now - askedAt);
        // a key that is asked for now and then gets nothing in advance; products are below 2^63, since both are bounded
        long ahead = arrived < 2 ? 0 : Math.min(most, Math.min(arrived, MOST_COUNTED) * (timeNanos / 2) / passed);
        arrived = 0;
        askedAt = now;
        return Math.max(waiting.size(), ahead);
    }

    private void ask(long wanted, Time time) {
        long sentAt = System.nanoTime();
        var unused = counting.lease(charges, wanted, time).whenComplete((verdict, failure) -> {
            if (verdict == null) {
                fail(failure);
            } else {
                serve(verdict, sentAt, time);
            }
        });
    }

    private void serve(Verdict verdict, long sentAt, Time time) {
        SharedDecision decision = verdict.decision();
        List<CompletableFuture<RateLimitDecision>> served = new ArrayList<>();
        long more = 0;
        synchronized (this) {
            last = decision;
            long granted = verdict.granted();
            refusing = granted == 0;
            asking = false;
            if (refusing) {
                served.addAll(waiting);
                waiting.clear();
                refusedUntil = sentAt + Math.min(verdict.nanosToWait(), timeNanos);
            }
            while (granted > 0 && !waiting.isEmpty()) {
                served.add(waiting.poll());
                granted--;
            }
            units = granted;
            long good = verdict.nanosGood();
            goodUntil = sentAt + Math.min(timeNanos, good);
            endsAt = good == Long.MAX_VALUE ? good : sentAt + good;
            if (!waiting.isEmpty()) {
                more = next(System.nanoTime());
            }
        }
        served.forEach(one -> one.complete(decision));
        if (more > 0) {
            ask(more, time);
        }
    }

    private void fail(@Nullable Throwable failure) {
        List<CompletableFuture<RateLimitDecision>> all;
        synchronized (this) {
            asking = false;
            all = new ArrayList<>(waiting);
            waiting.clear();
        }
        Throwable why = failure == null ? StoreSilent.failed() : failure;
        all.forEach(one -> one.completeExceptionally(why));
    }

    /** Gives back what is left and was not used in its time. */
    void giveBack(boolean all) {
        long back;
        long[] marks;
        synchronized (this) {
            long now = System.nanoTime();
            SharedDecision known = last;
            if (known == null || units == 0 || !all && goodUntil - now > 0) {
                return;
            }
            back = units;
            units = 0;
            if (endsAt != Long.MAX_VALUE && endsAt - now <= 0) {
                return;
            }
            marks = new long[charges.size()];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = known.mark(i);
            }
        }
        long[] costs = new long[marks.length];
        Arrays.fill(costs, -back);
        var unused = counting.settle(charges, costs, marks);
    }

    /** Ends it if nobody has asked for it for a while; whether it has ended. */
    synchronized boolean endIfIdle() {
        // whoever has found it and not asked yet must see that nobody would look after what he takes
        ended |= !asking && waiting.isEmpty() && units == 0 && System.nanoTime() - usedAt > 2 * timeNanos;
        return ended;
    }
}
