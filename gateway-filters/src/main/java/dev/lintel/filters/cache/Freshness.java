package dev.lintel.filters.cache;

import dev.lintel.HeaderField;
import dev.lintel.filters.cache.CacheControl.Seconds;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How old an answer is, and how old it may become (RFC 9111 section 4.2). Time that passes is monotonic: a step of the time of day
 * makes nothing fresh.
 *
 * @param lifetime how old it may become, in seconds
 * @param explicit whether it says so itself
 * @param initialAge how old it was when it came, in seconds
 * @param cameNanos when it came, by the monotonic clock
 */
record Freshness(long lifetime, boolean explicit, long initialAge, long cameNanos) {

    /** RFC 9111 section 4.2.2: a tenth of the time since it was changed, at most a day. */
    private static final long HEURISTIC_MOST = TimeUnit.DAYS.toSeconds(1);

    /**
     * When an answer was asked for and when it came.
     *
     * @param askedNanos by the monotonic clock
     * @param cameNanos by the monotonic clock
     * @param came by the time of day
     */
    record Times(long askedNanos, long cameNanos, Instant came) {}

    static Freshness of(List<HeaderField> fields, CacheControl control, boolean heuristic, Times times) {
        long came = times.came().getEpochSecond();
        Long date = HttpDate.parse(ResponseHead.first(fields, "Date"), times.came());
        long made = date == null ? came : date;
        long apparent = Math.max(0, came - made);
        // a delay counts as a second as soon as it is one
        long delay = TimeUnit.NANOSECONDS.toSeconds(times.cameNanos() - times.askedNanos());
        long age = Math.max(apparent, age(fields) + delay);
        boolean explicit = control.has(Seconds.S_MAXAGE)
                || control.has(Seconds.MAX_AGE)
                || ResponseHead.first(fields, "Expires") != null;
        long lifetime = explicit
                ? explicit(fields, control, made, times.came())
                : heuristic ? heuristic(fields, made, times.came()) : 0;
        return new Freshness(lifetime, explicit, Math.min(age, CacheControl.MOST), times.cameNanos());
    }

    private static long explicit(List<HeaderField> fields, CacheControl control, long made, Instant now) {
        if (control.has(Seconds.S_MAXAGE)) {
            return control.seconds(Seconds.S_MAXAGE);
        }
        if (control.has(Seconds.MAX_AGE)) {
            return control.seconds(Seconds.MAX_AGE);
        }
        List<String> lines = ResponseHead.lines(fields, "Expires");
        Long expires = lines.size() == 1 ? HttpDate.parse(lines.get(0), now) : null;
        return expires == null ? 0 : clamped(expires - made);
    }

    private static long heuristic(List<HeaderField> fields, long made, Instant now) {
        Long modified = HttpDate.parse(ResponseHead.first(fields, "Last-Modified"), now);
        return modified == null ? 0 : Math.min(HEURISTIC_MOST, clamped(made - modified) / 10);
    }

    private static long clamped(long seconds) {
        return Math.max(0, Math.min(CacheControl.MOST, seconds));
    }

    /** RFC 9111 section 5.1: the first member counts, and nothing does that is no number. */
    private static long age(List<HeaderField> fields) {
        @Nullable String line = ResponseHead.first(fields, "Age");
        if (line == null) {
            return 0;
        }
        int comma = line.indexOf(',');
        return Math.max(0, CacheControl.digits((comma < 0 ? line : line.substring(0, comma)).strip()));
    }

    /** How old it is, in whole seconds. */
    long age(long nowNanos) {
        return initialAge + TimeUnit.NANOSECONDS.toSeconds(nowNanos - cameNanos);
    }

    /** For how long it stays fresh; negative or zero since when it is stale. */
    long left(long nowNanos) {
        return lifetime - age(nowNanos);
    }
}
