package dev.lintel.filters.ratelimit;

import dev.lintel.limit.CalendarPeriod;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.UsagePlan;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Units;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How limits given as text count, and which of their options each of them reads. */
enum LimitAlgorithm {
    TOKEN_BUCKET {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            long capacity = options.value(SettingCatalogue.CAPACITY);
            return List.of(new RateLimit.TokenBucket(
                    name,
                    capacity,
                    options.given(SettingCatalogue.REFILL).orElse(capacity),
                    duration(options, Duration.ZERO),
                    options.given(SettingCatalogue.INITIAL).orElse(capacity)));
        }
    },
    FIXED_WINDOW {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            String period = options.given(SettingCatalogue.PERIOD).orElse("0");
            return List.of(new RateLimit.FixedWindow(
                    name,
                    options.value(SettingCatalogue.CAPACITY),
                    window(options, period),
                    options.value(SettingCatalogue.OFFSET)));
        }
    },
    SLIDING_WINDOW {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            long capacity = options.value(SettingCatalogue.CAPACITY);
            return List.of(new RateLimit.SlidingWindow(name, capacity, duration(options, Duration.ZERO)));
        }
    },
    LEAKY_BUCKET {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            long burst = options.value(SettingCatalogue.BURST);
            boolean nodelay = options.value(SettingCatalogue.NODELAY);
            return List.of(new RateLimit.LeakyBucket(
                    name,
                    options.value(SettingCatalogue.RATE),
                    duration(options, Duration.ofSeconds(1)),
                    burst,
                    options.given(SettingCatalogue.DELAY).orElse(nodelay ? burst : 0)));
        }
    },
    CONCURRENCY {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            return List.of(new RateLimit.Concurrency(
                    name,
                    options.value(SettingCatalogue.CAPACITY),
                    options.value(SettingCatalogue.QUEUE).intValue(),
                    options.value(SettingCatalogue.MAX_WAIT)));
        }
    },
    USAGE_PLAN {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            long rate = options.value(SettingCatalogue.RATE);
            return new UsagePlan(
                            name,
                            rate,
                            duration(options, Duration.ofSeconds(1)),
                            options.given(SettingCatalogue.BURST).orElse(rate),
                            options.value(SettingCatalogue.QUOTA),
                            window(options, options.value(SettingCatalogue.QUOTA_PERIOD)),
                            options.value(SettingCatalogue.OFFSET))
                    .limits();
        }
    },
    BLOCK {
        @Override
        List<RateLimit> read(String name, OptionReader options) {
            return List.of(new RateLimit.BlockAll(name));
        }
    };

    /**
     * Reads a limit's numbers.
     *
     * @throws dev.lintel.option.GatewayException if they cannot be meant
     */
    abstract List<RateLimit> read(String name, OptionReader options);

    /** A part of the calendar, in UTC; empty if the text is none. */
    static Optional<CalendarPeriod> calendar(String text) {
        return switch (text) {
            case "second" -> Optional.of(CalendarPeriod.every(Duration.ofSeconds(1)));
            case "minute" -> Optional.of(CalendarPeriod.every(Duration.ofMinutes(1)));
            case "hour" -> Optional.of(CalendarPeriod.every(Duration.ofHours(1)));
            case "day" -> Optional.of(CalendarPeriod.each(CalendarPeriod.Unit.DAYS));
            case "week" -> Optional.of(CalendarPeriod.each(CalendarPeriod.Unit.WEEKS));
            case "month" -> Optional.of(CalendarPeriod.each(CalendarPeriod.Unit.MONTHS));
            default -> Units.duration(text).map(CalendarPeriod::every);
        };
    }

    /** Whether a text names a part of the calendar or is a duration, be it one that no limit can have. */
    static boolean isPeriod(String text) {
        return Units.duration(text).isPresent() || calendar(text).isPresent();
    }

    static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    static Duration duration(OptionReader options, Duration otherwise) {
        Optional<String> text = options.given(SettingCatalogue.PERIOD);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<Duration> duration = Units.duration(text.get());
        options.problems().require(duration.isPresent(), "period", text.get(), "a duration such as 1m");
        return duration.orElse(otherwise);
    }

    static CalendarPeriod window(OptionReader options, String text) {
        String zone = options.value(SettingCatalogue.ZONE);
        int firstDay = options.value(SettingCatalogue.FIRST_DAY).intValue();
        CalendarPeriod period = calendar(text).orElseThrow();
        return period.in(zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone)).from(firstDay);
    }
}
