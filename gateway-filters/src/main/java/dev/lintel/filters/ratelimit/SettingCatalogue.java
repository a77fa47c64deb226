package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.MissingKey;
import dev.lintel.limit.RateLimit;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.OptionType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What one limit of a {@link RateLimitFilter} can be told, where it is not told in one word. */
final class SettingCatalogue {

    static final Option<LimitAlgorithm> ALGORITHM = Option.choice(
                    "algorithm", LimitAlgorithm.class, "how it counts; the filter's own unless told otherwise")
            .orInWords("as the filter");

    static final Option<Long> CAPACITY =
            units("capacity", "how many requests a bucket or window has, or at the same time");
    static final Option<String> PERIOD = Option.text(
                    "period",
                    "time",
                    "a duration such as 1m; for fixed windows also second, minute, hour, day, week or month",
                    LimitAlgorithm::isPeriod,
                    "in which they come back, or how long a window is; of rates the time that they are for")
            .orInWords("1s for rates");
    static final Option<Long> REFILL =
            units("refill", "token-bucket: how many come back in a period").orInWords("capacity");
    static final Option<Long> INITIAL =
            units("initial", "token-bucket: how many a new bucket has").orInWords("capacity");
    static final Option<Long> RATE = units("rate", "leaky-bucket, usage-plan: how many in a period");
    static final Option<Long> BURST = units(
                    "burst", "leaky-bucket: how many beyond the rate; usage-plan: how many at once")
            .orInWords("0; the rate");
    static final Option<Long> DELAY =
            units("delay", "leaky-bucket: how many of the burst do not wait").orInWords("0");
    static final Option<Boolean> NODELAY =
            Option.flag("nodelay", false, "leaky-bucket: whether none of the burst waits");
    static final Option<Long> QUEUE = Option.number("queue", 0, 10_000, "concurrency: how many may wait for each key")
            .or(0L);
    static final Option<Duration> MAX_WAIT = Option.durationOrZero(
                    "maxWait",
                    Duration.ofMillis(1),
                    Duration.ofMinutes(1),
                    "concurrency: how long each of them at most")
            .or(Duration.ZERO);
    static final Option<Long> QUOTA = units("quota", "usage-plan: how many in a window");
    static final Option<String> QUOTA_PERIOD = Option.text(
                    "quotaPeriod",
                    "part of the calendar",
                    "day, week, month or a duration that divides a day evenly",
                    text -> LimitAlgorithm.calendar(text).isPresent(),
                    "usage-plan: how long that window is")
            .or("day");
    static final Option<Long> OFFSET =
            units("offset", "fixed-window, usage-plan: how many less in the window in which it begins to count");
    static final Option<String> ZONE = Option.text(
                    "zone",
                    "time zone",
                    "a time zone such as Europe/Berlin",
                    LimitAlgorithm::isZone,
                    "where days, weeks and months begin")
            .or("UTC");
    static final Option<Long> FIRST_DAY = Option.number(
                    "firstDay", 1, 28, "on which day a week (1 is Monday) or a month begins")
            .or(1L);

    static final Option<LimitSetting.Mode> MODE = Option.choice(
                    "mode",
                    LimitSetting.Mode.class,
                    "`enforce`: too many are refused; `observe`: counted and told only")
            .or(LimitSetting.Mode.ENFORCE);
    static final Option<String> KEY = Option.text(
                    "key",
                    "parts joined with `+`",
                    RateLimitCatalogue.KEY_RULE,
                    RateLimitCatalogue::isKey,
                    "what it counts by")
            .orInWords("as the filter");
    static final Option<MissingKey> ON_MISSING_KEY = Option.choice(
                    "onMissingKey", MissingKey.class, "what becomes of a request that lacks a part of the key")
            .orInWords("as the filter");
    static final Option<Long> IPV6_PREFIX = Option.number(
                    "ipv6Prefix", 1, 128, "how many bits of an IPv6 address count")
            .orInWords("as the filter");
    static final Option<Long> COST = Option.number(
                    "cost", 1, RateLimit.MOST_UNITS, "how many units a request uses, or is expected to")
            .or(1L);
    static final Option<String> COST_HEADER = Option.text("costHeader", "field of the answer that tells the real cost")
            .orInWords("none");
    static final Option<List<String>> COST_BY_BODY =
            Option.list("costByBody", "the cost by the size of the body, such as `1KiB=1, 1MiB=10, *=100`");
    static final Option<String> TIER = Option.text(
                    "tier",
                    "roles, consumer or claim:NAME",
                    "roles, consumer or claim:NAME",
                    LimitTiers::isSelector,
                    "what tells the tier of a caller")
            .or("roles");

    private static final String WHERE_READ = "none; required where it is read";

    private static final OptionCatalogue NUMBERS = OptionCatalogue.of(
            "tier",
            "other numbers of the limit",
            told(CAPACITY, 1).orInWords(WHERE_READ),
            PERIOD,
            told(REFILL, 1),
            told(INITIAL, 0),
            told(RATE, 1).orInWords(WHERE_READ),
            told(BURST, 0),
            told(DELAY, 0),
            NODELAY,
            QUEUE,
            MAX_WAIT,
            told(QUOTA, 1).orInWords(WHERE_READ),
            QUOTA_PERIOD,
            told(OFFSET, 0).or(0L),
            ZONE,
            FIRST_DAY);

    static final Option<Map<String, OptionReader>> TIERS = Option.of(
                    "tiers",
                    new OptionType.Named<>("tier", new OptionType.Group(NUMBERS)),
                    "other numbers for callers of a tier, the first that is theirs")
            .or(Map.of())
            .orInWords("none");

    static final OptionCatalogue ALL = new OptionCatalogue("limit", "one limit", NUMBERS.options(), null)
            .with(ALGORITHM, MODE, KEY, ON_MISSING_KEY, IPV6_PREFIX, COST, COST_HEADER, COST_BY_BODY, TIER, TIERS);

    private SettingCatalogue() {}

    /** The key that the options tell, or another in what they do not. */
    static LimitKey key(OptionReader options, LimitKey otherwise) {
        LimitKey key = options.given(KEY).map(LimitKey::parse).orElse(otherwise);
        return key.onMissing(options.given(ON_MISSING_KEY).orElse(otherwise.onMissing()))
                .ipv6Prefix(options.given(IPV6_PREFIX).map(Long::intValue).orElse(otherwise.ipv6Prefix()));
    }

    /** A number as it is read: the limit itself judges it, since what it may be depends on the others. */
    private static Option<Long> units(String name, String meaning) {
        return Option.number(name, Long.MIN_VALUE, Long.MAX_VALUE, meaning).or(0L);
    }

    /** The same as it is told to users: whatever limit reads it refuses what is less or more. */
    private static Option<Long> told(Option<Long> read, long least) {
        Option<Long> told = Option.number(read.name(), least, RateLimit.MOST_UNITS, read.meaning());
        return read.isDefaultInWords() ? told.orInWords(read.defaultText()) : told;
    }
}
