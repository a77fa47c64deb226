package dev.lintel.proxy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The calls that have just begun, most of which end before anything about them has to be timed: they are only linked here, and taken out
 * again. A call that is still there after 50 to 100 ms is told that it has grown, and sees to its own timer. Thread-safe; threads with
 * different ids mostly do not meet.
 */
final class YoungCalls implements Runnable {

    private static final int TICK_MILLIS = 50;

    /** How long there may be nothing before looking ends, so that a busy server does not begin and end it all the time. */
    private static final int QUIET_TICKS = 40;

    private static final int STRIPES = 8;

    private final Scheduler scheduler;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicBoolean ticking = new AtomicBoolean();
    private int quiet;

    YoungCalls(Scheduler scheduler) {
        this.scheduler = scheduler;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** A call that can be in the list; in one at a time. */
    abstract static class Young {

        private @Nullable Stripe stripe;
        private @Nullable Young before;
        private @Nullable Young after;

        /** It is in no list any more and has not ended soon. */
        abstract void grown();
    }

    /** Begins to look after a call that is in no list. */
    void add(Young call) {
        stripes[(int) Thread.currentThread().getId() & STRIPES - 1].add(call);
        if (!ticking.get()) {
            begin();
        }
    }

    /** Forgets a call; without effect if it is in no list. */
    static void remove(Young call) {
        Stripe in = call.stripe;
        if (in != null) {
            in.remove(call);
        }
    }

    /** How many there are, for tests. */
    int size() {
        int all = 0;
        for (Stripe stripe : stripes) {
            all += stripe.size();
        }
        return all;
    }

    boolean isTicking() {
        return ticking.get();
    }

    private void begin() {
        if (ticking.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        var unused = scheduler.schedule(this, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        List<Young> grown = new ArrayList<>();
        boolean empty = true;
        for (Stripe stripe : stripes) {
            empty &= stripe.turn(grown);
        }
        quiet = empty ? quiet + 1 : 0;
        if (quiet < QUIET_TICKS) {
            next();
        } else {
            quiet = 0;
            ticking.set(false);
            if (size() > 0) {
                // one was added that had seen the ticking
                begin();
            }
        }
        grown.forEach(Young::grown);
    }

    /** Two rings of calls: those of this tick, and those of the one before. */
    private static final class Stripe {

        private Ring young = new Ring();
        private Ring older = new Ring();

        synchronized void add(Young call) {
            call.stripe = this;
            young.add(call);
        }

        synchronized void remove(Young call) {
            if (call.stripe == this) {
                call.stripe = null;
                Ring.unlink(call);
            }
        }

        /** Takes out those of the tick before; true if none is left, nor was any. */
        synchronized boolean turn(List<Young> grown) {
            int before = grown.size();
            for (Young call = older.first(); call != null; call = older.first()) {
                call.stripe = null;
                Ring.unlink(call);
                grown.add(call);
            }
            Ring emptied = older;
            older = young;
            young = emptied;
            return grown.size() == before && older.first() == null;
        }

        synchronized int size() {
            return young.size() + older.size();
        }
    }

    private static final class Ring extends Young {

        Ring() {
            super.before = this;
            super.after = this;
        }

        void add(Young call) {
            Young last = before(this);
            call.before = last;
            call.after = this;
            last.after = call;
            super.before = call;
        }

        @Nullable
        Young first() {
            Young first = after(this);
            return first == this ? null : first;
        }

        int size() {
            int count = 0;
            for (Young call = after(this); call != this; call = after(call)) {
                count++;
            }
            return count;
        }

        static void unlink(Young call) {
            Young before = before(call);
            Young after = after(call);
            before.after = after;
            after.before = before;
            call.before = null;
            call.after = null;
        }

        private static Young before(Young call) {
            return requireNonNull(call.before, "linked");
        }

        private static Young after(Young call) {
            return requireNonNull(call.after, "linked");
        }

        @Override
        void grown() {
            throw new IllegalStateException("ring: grown (expected: a call)");
        }
    }
}
