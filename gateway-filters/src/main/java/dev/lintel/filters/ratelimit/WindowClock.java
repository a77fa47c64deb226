package dev.lintel.filters.ratelimit;

import dev.lintel.limit.CalendarPeriod;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the windows of the calendar one after the other, whatever happens to the wall clock. Thread-safe.
 *
 * <p>A window ends when the wall clock reaches its end, or when it has lasted as long as it was to last by the monotonic
 * clock. So a wall clock set forward ends it, once; one set back does not reopen an earlier window, and keeps nobody out for
 * longer than it would have been. A window that ends by the monotonic clock, because the wall clock is slow or was set
 * back, is followed by one of at least half its length: the rest of the calendar's window alone would be a full quota for an
 * instant.
 */
final class WindowClock {

    /** The number of the window in which a limit begins to count. */
    static final long FIRST = 1;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CalendarPeriod period;
    private volatile @Nullable Window current;

    WindowClock(CalendarPeriod period) {
        this.period = period;
    }

    /**
     * A window.
     *
     * @param number its number
     * @param startNanos when it began by the monotonic clock
     * @param endMillis when it ends by the wall clock
     * @param endNanos when it ends by the monotonic clock
     */
    record Window(long number, long startNanos, long endMillis, long endNanos) {

        boolean isOver(Clocks clocks) {
            return clocks.millis() >= endMillis || clocks.nanos() - endNanos >= 0;
        }
    }

    /** The number of the window at a time; of one before the current one, any that is less. */
    long number(Clocks clocks) {
        Window window = window(clocks);
        return clocks.nanos() - window.startNanos < 0 ? Math.max(FIRST, window.number - 1) : window.number;
    }

    private Window window(Clocks clocks) {
        Window window = current;
        return window == null || window.isOver(clocks) ? next(clocks) : window;
    }

    /** Nanoseconds until the window ends, at least 1. */
    long nanosLeft(Clocks clocks) {
        Window window = window(clocks);
        long wall = (window.endMillis - clocks.millis()) * NANOS_PER_MILLI;
        return Math.max(1, Math.min(window.endNanos - clocks.nanos(), wall));
    }

    private synchronized Window next(Clocks clocks) {
        Window last = current;
        if (last != null && !last.isOver(clocks)) {
            return last;
        }
        long millis = clocks.millis();
        long end = period.endOf(millis);
        if (last != null && millis < last.endMillis && end - millis < (end - period.startOf(millis)) / 2) {
            end = period.endOf(end);
        }
        long number = last == null ? FIRST : last.number + 1;
        Window window = new Window(number, clocks.nanos(), end, clocks.nanos() + (end - millis) * NANOS_PER_MILLI);
        current = window;
        return window;
    }
}
