package dev.lintel.filters.ratelimit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the requests that had to share a bucket, and says so at most once a minute. Thread-safe. */
final class Overflow {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitFilter.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final String limit;
    private final int maxKeys;
    private final LongAdder requests = new LongAdder();
    private final AtomicLong lastTold = new AtomicLong();
    private volatile boolean told;

    Overflow(String limit, int maxKeys) {
        this.limit = limit;
        this.maxKeys = maxKeys;
    }

    /** Counts a request; whether it was told. */
    boolean note(long now) {
        requests.increment();
        long last = lastTold.get();
        if ((!told || now - last >= PAUSE) && lastTold.compareAndSet(last, now)) {
            told = true;
            LOG.warn(
                    "limit {}: {} requests so far shared one bucket (expected: fewer than {} keys in use at a time; see maxKeys)",
                    limit,
                    requests.sum(),
                    maxKeys);
            return true;
        }
        return false;
    }

    /** How many requests had to. */
    long requests() {
        return requests.sum();
    }
}
