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

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CalendarPeriod period;
    private volatile @Nullable Window current;

    WindowClock(CalendarPeriod period) {
        this.period = period;
    }

    private record Window(long number, long endMillis, long endNanos) {

        boolean isOver(long millis, long nanos) {
            return millis >= endMillis || isOver(nanos);
        }

        boolean isOver(long nanos) {
            return nanos - endNanos >= 0;
        }
    }

    /** The current window, as a moment. */
    Moment moment(Clocks clocks) {
        long millis = clocks.millis();
        long nanos = clocks.nanos();
        Window window = current;
        if (window == null || window.isOver(millis, nanos)) {
            window = next(millis, nanos);
        }
        long left = Math.min(window.endNanos - nanos, (window.endMillis - millis) * NANOS_PER_MILLI);
        return new Moment(window.number, Math.max(1, left));
    }

    private synchronized Window next(long millis, long nanos) {
        Window last = current;
        if (last != null && !last.isOver(millis, nanos)) {
            return last;
        }
        long end = period.endOf(millis);
        if (last != null && millis < last.endMillis && end - millis < (end - period.startOf(millis)) / 2) {
            end = period.endOf(end);
        }
        long number = last == null ? 1 : last.number + 1;
        Window window = new Window(number, end, nanos + (end - millis) * NANOS_PER_MILLI);
        current = window;
        return window;
    }
}
