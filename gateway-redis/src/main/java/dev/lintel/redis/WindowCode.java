package dev.lintel.redis;

import dev.lintel.Time;
import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.RateLimit.FixedWindow;
import org.jspecify.annotations.Nullable;

/**
 * A fixed window: the script answers by what is used, and the microseconds until it ends. Where days of a zone are counted the
 * gateway says where the window before, this one and the next end; which of them it is goes by Redis' clock.
 */
final class WindowCode extends LimitCode {

    private static final long MICRO = 1_000;

    private final FixedWindow limit;
    private volatile @Nullable Ends ends;

    WindowCode(FixedWindow limit) {
        super(limit, "w");
        this.limit = limit;
    }

    private record Ends(long begin, long end, long next) {}

    @Override
    void numbers(String[] arguments, int at, Time time) {
        arguments[at] = Long.toString(limit.capacity());
        if (limit.period().unit() == CalendarPeriod.Unit.SECONDS) {
            arguments[at + 1] = Long.toString(limit.period().length().toMillis());
        } else {
            Ends now = ends(time.wall().millis());
            arguments[at + 1] = Long.toString(now.begin);
            arguments[at + 2] = Long.toString(now.end);
            arguments[at + 3] = Long.toString(now.next);
        }
        arguments[at + 4] = Long.toString(limit.offset());
    }

    private Ends ends(long millis) {
        Ends known = ends;
        if (known == null || millis < known.begin || millis >= known.end) {
            long end = limit.period().endOf(millis);
            known = new Ends(limit.period().startOf(millis), end, limit.period().endOf(end));
            ends = known;
        }
        return known;
    }

    @Override
    long remaining(long x, long y) {
        return limit.capacity() - x;
    }

    @Override
    long nanosUntil(long x, long y, long cost) {
        return cost <= remaining(x, y) ? 0 : Math.max(1, y * MICRO);
    }

    @Override
    long nanosGood(long x, long y) {
        return Math.max(0, y * MICRO);
    }
}
