package dev.lintel.filters.accesslog;

import dev.lintel.Time;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of lost lines and failed writes, at most once a minute. Confined to the writer's thread. */
final class WriterTroubles {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLogFilter.class);
    private static final long BETWEEN = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Time time;
    private long told;
    private long toldAt;
    private boolean toldOnce;

    WriterTroubles(String name, Time time) {
        this.name = name;
        this.time = time;
    }

    void failed(Throwable cause, long dropped) {
        if (isTime()) {
            LOG.warn("{}: access log cannot be written, {} lines dropped so far: {}", name, dropped, cause.toString());
            told = dropped;
        }
    }

    void worked(long dropped) {
        if (dropped > told && isTime()) {
            tell(dropped);
        }
    }

    void ended(long dropped) {
        if (dropped > told) {
            tell(dropped);
        }
    }

    private void tell(long dropped) {
        LOG.warn("{}: {} lines of the access log dropped, {} in all", name, dropped - told, dropped);
        told = dropped;
    }

    private boolean isTime() {
        long now = time.nanos().getAsLong();
        if (toldOnce && now - toldAt < BETWEEN) {
            return false;
        }
        toldOnce = true;
        toldAt = now;
        return true;
    }
}
