package dev.lintel.proxy;

import dev.lintel.upstream.BodyRate;

/**
 * Keeps account of how far a client is behind the rate at which it has to send its body. It may wait for as long as the grace
 * lasts; bytes earn some of it back, never more than all of it, so that nobody saves up for a standstill.
 *
 * <p>Changed by one thread at a time; {@link #isTooSlow} may be asked by any.
 */
final class BodyPace {

    private static final long SECOND = 1_000_000_000;

    private final long bytesPerSecond;
    private final long grace;
    private volatile long credit;
    private volatile long since;
    private volatile boolean waiting;

    BodyPace(BodyRate rate) {
        this.bytesPerSecond = rate.bytesPerSecond();
        this.grace = rate.grace().toNanos();
        this.credit = grace;
    }

    /** The client is waited for. */
    void await(long now) {
        if (!waiting) {
            since = now;
            waiting = true;
        }
    }

    /** It has sent some bytes, or its end. */
    void arrived(long now, long bytes) {
        if (bytesPerSecond == 0) {
            return;
        }
        long left = credit - (waiting ? now - since : 0);
        waiting = false;
        // in seconds first: a product of nanoseconds would overflow
        double earned = (double) bytes / bytesPerSecond * SECOND;
        credit = earned >= grace - left ? grace : left + (long) earned;
    }

    /** Whether it has been waited for too long. */
    boolean isTooSlow(long now) {
        return bytesPerSecond > 0 && waiting && now - since > credit;
    }
}
