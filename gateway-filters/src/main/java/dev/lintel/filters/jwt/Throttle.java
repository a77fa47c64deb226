package dev.lintel.filters.jwt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one event through in each interval and counts the others. Thread-safe. */
final class Throttle {

    private final long interval;
    private final LongSupplier nanos;
    private final AtomicLong last;
    private final AtomicLong held = new AtomicLong();

    Throttle(Duration interval, LongSupplier nanos) {
        this.interval = interval.toNanos();
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong() - this.interval);
    }

    /** Whether this event is let through. */
    boolean passes() {
        long now = nanos.getAsLong();
        long before = last.get();
        if (now - before >= interval && last.compareAndSet(before, now)) {
            return true;
        }
        held.incrementAndGet();
        return false;
    }

    /** How many events were held back since this was last asked. */
    long held() {
        return held.getAndSet(0);
    }
}
