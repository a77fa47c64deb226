package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import dev.lintel.option.OptionType;
import dev.lintel.option.Problems;
import dev.lintel.option.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads limits from options: short ones, {@code limits} with {@code per-user=100/1m}, and those with options of their own,
 * {@code limits.NAME.OPTION}, a map in a file. What holds for all is the default of each.
 */
final class LimitReader {

    private static final String SHORT = "name=number/duration such as per-user=100/1m, or name=block";

    private final Problems problems;
    private final LimitAlgorithm algorithm;
    private final LimitKey key;

    private LimitReader(OptionReader options) {
        this.problems = options.problems();
        this.algorithm = options.value(RateLimitCatalogue.ALGORITHM);
        this.key = LimitKey.parse(options.value(RateLimitCatalogue.KEY))
                .onMissing(options.value(RateLimitCatalogue.ON_MISSING_KEY))
                .ipv6Prefix(options.value(RateLimitCatalogue.IPV6_PREFIX).intValue());
    }

    static RateLimitOptions read(OptionReader options) {
        RateLimitFilterBuilder builder = new RateLimitFilterBuilder(options.problems());
        LimitReader reader = new LimitReader(options);
        OptionType.Entries<String, OptionReader> limits = options.value(RateLimitCatalogue.LIMITS);
        limits.list().forEach(text -> reader.readShort(text, builder));
        limits.named().forEach((name, own) -> reader.readLong(name, own, builder));
        builder.headers(options.value(RateLimitCatalogue.HEADERS));
        builder.status(options.value(RateLimitCatalogue.STATUS).intValue());
        builder.maxKeys(options.value(RateLimitCatalogue.MAX_KEYS).intValue());
        builder.maxWaiting(options.value(RateLimitCatalogue.MAX_WAITING).intValue());
        StoreReader.read(options, builder);
        return builder.options();
    }

    private void readShort(String text, RateLimitFilterBuilder builder) {
        try {
            one(text).forEach(limit -> builder.limit(LimitSetting.of(limit).key(key)));
        } catch (GatewayException wrong) {
            problems.addAll("limits", wrong.problems());
        } catch (IllegalArgumentException malformed) {
            problems.add("limits", text, SHORT);
        }
    }

    /** One limit in the short form. */
    private List<RateLimit> one(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(SHORT);
        }
        String name = text.substring(0, equals).strip();
        String rest = text.substring(equals + 1).strip();
        if (rest.equals("block")) {
            return List.of(new RateLimit.BlockAll(name));
        }
        int slash = rest.indexOf('/');
        boolean held = algorithm == LimitAlgorithm.CONCURRENCY;
        if (held != slash < 0) {
            throw new IllegalArgumentException(SHORT);
        }
        long number = Long.parseLong(held ? rest : rest.substring(0, slash).strip());
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put(algorithm == LimitAlgorithm.LEAKY_BUCKET ? "rate" : "capacity", Long.toString(number));
        if (!held) {
            String period = rest.substring(slash + 1).strip();
            boolean readable = algorithm == LimitAlgorithm.FIXED_WINDOW
                    ? LimitAlgorithm.isPeriod(period)
                    : Units.duration(period).isPresent();
            if (!readable) {
                throw new IllegalArgumentException(SHORT);
            }
            numbers.put("period", period);
        }
        return algorithm.read(name, OptionReader.of(numbers));
    }

    private void readLong(String name, OptionReader own, RateLimitFilterBuilder builder) {
        try {
            settings(name, own).forEach(builder::limit);
        } catch (GatewayException wrong) {
            problems.addAll("limits." + name, wrong.problems());
        } catch (IllegalArgumentException wrong) {
            problems.add("limits." + name, "not usable", String.valueOf(wrong.getMessage()));
        }
        own.noteUnknown();
    }

    /** The settings that one map of options describes: one, or for a usage plan two. */
    private List<LimitSetting> settings(String name, OptionReader own) {
        LimitAlgorithm counting = own.given(SettingCatalogue.ALGORITHM).orElse(algorithm);
        LimitSetting.Mode mode = own.value(SettingCatalogue.MODE);
        LimitKey counted = SettingCatalogue.key(own, key);
        LimitCost cost = CostReader.read(own);
        String by = own.value(SettingCatalogue.TIER);
        Map<String, OptionReader> tiers = own.value(SettingCatalogue.TIERS);
        List<RateLimit> limits = counting.read(name, own);
        List<LimitSetting> settings = new ArrayList<>();
        for (RateLimit limit : limits) {
            settings.add(new LimitSetting(limit, counted, mode, cost, new LimitTiers(by, Map.of())));
        }
        tiers.forEach((tier, numbers) -> addTier(name, tier, counting, numbers, settings));
        return settings;
    }

    private static void addTier(
            String name, String tier, LimitAlgorithm counting, OptionReader numbers, List<LimitSetting> settings) {
        try {
            List<RateLimit> others = counting.read(name, numbers);
            for (int i = 0; i < settings.size(); i++) {
                LimitSetting setting = settings.get(i);
                settings.set(i, setting.tiers(setting.tiers().tier(tier, others.get(i))));
            }
        } catch (GatewayException wrong) {
            wrong.problems().forEach(one -> numbers.problems().add(one.name(), one.value(), one.expected()));
        }
        numbers.noteUnknown();
    }

    /** Reads costs. */
    private static final class CostReader {

        private static final String RULE = "sizes and units such as 1KiB=1, 1MiB=10, *=100, with * last";

        static LimitCost read(OptionReader options) {
            long units = options.value(SettingCatalogue.COST);
            Optional<String> header = options.given(SettingCatalogue.COST_HEADER);
            List<String> classes = options.value(SettingCatalogue.COST_BY_BODY);
            options.problems()
                    .require(header.isEmpty() || classes.isEmpty(), "costByBody", "with costHeader", "one of the two");
            if (header.isPresent()) {
                return new LimitCost.ByAnswer(header.get(), units);
            }
            return classes.isEmpty() ? new LimitCost.Fixed(units) : byBody(classes);
        }

        private static LimitCost byBody(List<String> texts) {
            List<LimitCost.SizeClass> classes = new ArrayList<>();
            for (String text : texts.subList(0, texts.size() - 1)) {
                int equals = text.indexOf('=');
                Optional<Long> size = equals < 0
                        ? Optional.empty()
                        : Units.size(text.substring(0, equals).strip());
                classes.add(new LimitCost.SizeClass(
                        size.orElseThrow(() -> new IllegalArgumentException(RULE)), units(text, equals)));
            }
            String last = texts.get(texts.size() - 1).replace(" ", "");
            if (!last.startsWith("*=")) {
                throw new IllegalArgumentException(RULE);
            }
            return new LimitCost.ByBody(classes, units(last, 1));
        }

        private static long units(String text, int equals) {
            try {
                return Long.parseLong(text.substring(equals + 1).strip());
            } catch (NumberFormatException malformed) {
                throw new IllegalArgumentException(RULE, malformed);
            }
        }
    }
}
