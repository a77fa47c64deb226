package dev.lintel.filters.ratelimit;

import dev.lintel.limit.RateLimitDecision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of requests, and says at most once a minute what observed limits would have refused. Thread-safe. */
final class LimitTally {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitFilter.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final LongAdder allowed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, LongAdder> exceeded = new LinkedHashMap<>();
    private final boolean observes;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE);

    LimitTally(RateLimitOptions options) {
        for (LimitSetting setting : options.limits()) {
            exceeded.put(setting.limit().name(), new LongAdder());
        }
        this.observes = options.limits().stream().anyMatch(setting -> setting.mode() == LimitSetting.Mode.OBSERVE);
    }

    void note(RateLimitDecision decision) {
        (decision.isAllowed() ? allowed : refused).increment();
        if (decision.isAllowed() && !observes) {
            return;
        }
        for (int i = 0; i < decision.size(); i++) {
            LongAdder count =
                    decision.isExceeded(i) ? exceeded.get(decision.limit(i).name()) : null;
            if (count != null) {
                count.increment();
                if (decision.isAllowed()) {
                    tell(decision.limit(i).name(), count);
                }
            }
        }
    }

    private void tell(String limit, LongAdder count) {
        long now = System.nanoTime();
        long last = toldAt.get();
        if (now - last >= PAUSE && toldAt.compareAndSet(last, now)) {
            LOG.info("limit {}: would have refused {} requests so far, but only observes", limit, count.sum());
        }
    }

    long allowed() {
        return allowed.sum();
    }

    long refused() {
        return refused.sum();
    }

    /** How many requests a limit had too little for, refused or not. */
    long exceeded(String limit) {
        LongAdder count = exceeded.get(limit);
        return count == null ? 0 : count.sum();
    }
}
