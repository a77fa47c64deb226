package dev.lintel.filters.accesslog;

import dev.lintel.Time;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells of lost lines and failed writes, at most once a minute. Confined to the writer's thread. */
final class WriterTroubles {

    private static final long BETWEEN = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Time time;
    private final Consumer<String> warn;
    private long told;
    private long toldAt;
    private boolean toldOnce;

    /**
     * Makes one for a writer.
     *
     * @param name what is written, for the messages
     * @param time for the minute
     * @param warn where messages go
     */
    WriterTroubles(String name, Time time, Consumer<String> warn) {
        this.name = name;
        this.time = time;
        this.warn = warn;
    }

    /** Nothing can be written now; lines wait, then get lost. */
    void notWritten(Throwable cause, long dropped) {
        if (isTime()) {
            warn.accept("access log " + name + ": not written: " + cause + "; " + dropped + " lines dropped so far");
            told = dropped;
        }
    }

    void notOpenedAgain(IOException cause) {
        if (isTime()) {
            warn.accept("access log " + name + ": not opened again, the file before stays in use: " + cause);
        }
    }

    void notPutAside(IOException cause) {
        if (isTime()) {
            warn.accept("access log " + name + ": not rotated, the file goes on growing: " + cause);
        }
    }

    /** Tells of lines dropped since last time, if there are any. */
    void dropped(long dropped) {
        if (dropped > told && isTime()) {
            tell(dropped);
        }
    }

    /** Tells at the end, whenever it told last. */
    void ended(long dropped) {
        if (dropped > told) {
            tell(dropped);
        }
    }

    private void tell(long dropped) {
        warn.accept("access log " + name + ": " + (dropped - told) + " lines dropped, " + dropped + " in all");
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
