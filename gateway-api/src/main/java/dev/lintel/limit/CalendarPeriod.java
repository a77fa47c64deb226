package dev.lintel.limit;

import static java.util.Objects.requireNonNull;

import dev.lintel.option.Problems;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * How the calendar is cut into windows: every so many seconds of the UTC day, or each day, week or month of a zone. A day of a
 * zone lasts from its midnight to the next, 23 or 25 hours where the clocks are changed, and begins with the first instant it has
 * where midnight is left out. Immutable and thread-safe.
 *
 * @param unit what is cut
 * @param length for {@link Unit#SECONDS} how long a window is: whole seconds that divide a day evenly, 1 second to 1 day; for
 *     others what one lasts on average: 24 hours, 7 days, 30 days
 * @param zone where days begin; UTC for {@link Unit#SECONDS}
 * @param firstDay on which day a week begins, 1 (Monday) to 7 (Sunday), or a month, 1 to 28; else 1
 */
public record CalendarPeriod(Unit unit, Duration length, ZoneId zone, int firstDay) {

    /** What is cut into windows. */
    public enum Unit {
        /** The UTC day, into even parts. */
        SECONDS(Duration.ofSeconds(1), 1),
        /** Into days of a zone. */
        DAYS(Duration.ofDays(1), 1),
        /** Into weeks of a zone. */
        WEEKS(Duration.ofDays(7), 7),
        /** Into months of a zone. */
        MONTHS(Duration.ofDays(30), 28);

        private final Duration average;
        private final int lastFirstDay;

        Unit(Duration average, int lastFirstDay) {
            this.average = average;
            this.lastFirstDay = lastFirstDay;
        }
    }

    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final String EVEN = "whole seconds that divide a day evenly, 1 s to 1 day";

    /**
     * Checks that it can be cut so.
     *
     * @throws dev.lintel.option.GatewayException with every problem
     */
    public CalendarPeriod {
        requireNonNull(unit, "unit");
        requireNonNull(length, "length");
        requireNonNull(zone, "zone");
        Problems problems = new Problems();
        if (unit == Unit.SECONDS) {
            problems.require(isEven(length), "window", length, EVEN);
            problems.require(
                    zone.equals(ZoneOffset.UTC), "zone", zone, "for days, weeks and months; shorter windows are UTC's");
        } else {
            problems.require(length.equals(unit.average), "window", length, unit.average + ", for " + unit);
        }
        problems.require(
                firstDay >= 1 && firstDay <= unit.lastFirstDay,
                "firstDay",
                firstDay,
                "for weeks 1 (Monday) to 7 (Sunday), for months 1 to 28, else 1");
        problems.throwIfAny("period");
    }

    /** Windows of so many seconds of the UTC day; of a whole day, days of UTC. */
    public static CalendarPeriod every(Duration length) {
        Unit unit = length.equals(Unit.DAYS.average) ? Unit.DAYS : Unit.SECONDS;
        return new CalendarPeriod(unit, length, ZoneOffset.UTC, 1);
    }

    /** Each day of UTC, week of UTC from Monday on, or month of UTC from its first day on. */
    public static CalendarPeriod each(Unit unit) {
        return new CalendarPeriod(unit, unit.average, ZoneOffset.UTC, 1);
    }

    /** The same where days begin in another zone. */
    public CalendarPeriod in(ZoneId other) {
        return new CalendarPeriod(unit, length, other, firstDay);
    }

    /** The same beginning on another day of the week or month. */
    public CalendarPeriod from(int day) {
        return new CalendarPeriod(unit, length, zone, day);
    }

    /**
     * When the window begins that an instant is in.
     *
     * @param millis milliseconds since 1970
     * @return the same, not later
     */
    public long startOf(long millis) {
        if (unit == Unit.SECONDS) {
            long each = length.toMillis();
            return Math.floorDiv(millis, each) * each;
        }
        return begin(firstDate(millis));
    }

    /**
     * When the window ends that an instant is in.
     *
     * @param millis milliseconds since 1970
     * @return the first instant of the next window, later than the one given
     */
    public long endOf(long millis) {
        return switch (unit) {
            case SECONDS -> startOf(millis) + length.toMillis();
            case DAYS -> begin(firstDate(millis).plusDays(1));
            case WEEKS -> begin(firstDate(millis).plusWeeks(1));
            case MONTHS -> begin(firstDate(millis).plusMonths(1));
        };
    }

    private LocalDate firstDate(long millis) {
        LocalDate date = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
        return switch (unit) {
            case SECONDS, DAYS -> date;
            case WEEKS -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.of(firstDay)));
            case MONTHS ->
                date.getDayOfMonth() >= firstDay
                        ? date.withDayOfMonth(firstDay)
                        : date.minusMonths(1).withDayOfMonth(firstDay);
        };
    }

    private long begin(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static boolean isEven(Duration length) {
        long seconds = length.toSeconds();
        return seconds >= 1 && Duration.ofSeconds(seconds).equals(length) && DAY % seconds == 0;
    }
}
