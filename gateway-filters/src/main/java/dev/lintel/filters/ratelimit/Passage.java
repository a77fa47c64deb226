package dev.lintel.filters.ratelimit;

import dev.lintel.filters.ratelimit.PermitQueue.Waiter;
import dev.lintel.limit.Charge;
import dev.lintel.limit.RateLimitDecision;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How far a request has come that has to wait. Confined to the request, save what its completion looks at. */
final class Passage {

    private final Due due;
    private @Nullable RateLimitDecision decision;
    private @Nullable CompletionStage<RateLimitDecision> asked;
    private long held;
    private long @Nullable [] standings;
    private @Nullable Waiter waiter;
    private int waitsFor;
    private boolean local;
    private boolean counted;
    private boolean claimed;

    Passage(Due due) {
        this.due = due;
    }

    List<Charge> charges() {
        return due.charges();
    }

    Due due() {
        return due;
    }

    /** What was decided last, or null if nothing was. */
    @Nullable
    RateLimitDecision decision() {
        return decision;
    }

    void decision(RateLimitDecision made) {
        this.decision = made;
    }

    /** What the store was asked, or null if it was not. */
    @Nullable
    CompletionStage<RateLimitDecision> asked() {
        return asked;
    }

    void asked(CompletionStage<RateLimitDecision> stage) {
        this.asked = stage;
    }

    /** Whether the caller is the first to care for what the store grants. */
    synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    /** Which charges have been made by waiting, as bits. */
    long held() {
        return held;
    }

    /** How those stand. */
    long @Nullable [] standings() {
        return standings;
    }

    /** Whom the request waits with for a permit, or null if it does not. */
    @Nullable
    Waiter waiter() {
        return waiter;
    }

    /** For which charge's permit it waits. */
    int waitsFor() {
        return waitsFor;
    }

    void waitFor(int index, Waiter with) {
        this.waitsFor = index;
        this.waiter = with;
    }

    /** Notes that the permit waited for has come. */
    void hold(long standing) {
        long[] all = standings;
        if (all == null) {
            all = new long[charges().size()];
            standings = all;
        }
        all[waitsFor] = standing;
        held |= 1L << waitsFor;
        waiter = null;
    }

    /** Notes that the permits waited for are somebody else's care, or nobody's. */
    void letGo() {
        held = 0;
        standings = null;
        waiter = null;
    }

    /** Whether it is decided about here, since a store did not. */
    boolean isLocal() {
        return local;
    }

    void local() {
        this.local = true;
    }

    /** Whether it is among those who wait. */
    boolean isCounted() {
        return counted;
    }

    void counted(boolean among) {
        this.counted = among;
    }
}
