package dev.lintel.filters.ratelimit;

import static java.util.Objects.requireNonNull;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit;
import dev.lintel.option.GatewayException;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Describes a {@link RateLimitFilter}. Mistakes are noted and reported together by {@link #build}. Not thread-safe. */
public final class RateLimitFilterBuilder {

    private final Problems problems;
    private final List<KeyedLimit> keyed = new ArrayList<>();
    private final List<RateLimit> waiting = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private RateLimitFilter.Headers headers = RateLimitCatalogue.HEADERS.otherwise();
    private long maxKeys = RateLimitCatalogue.MAX_KEYS.otherwise();

    RateLimitFilterBuilder(Problems problems) {
        this.problems = problems;
    }

    /** Reads the init-params. */
    static RateLimitOptions read(OptionReader options) {
        RateLimitFilterBuilder builder = new RateLimitFilterBuilder(options.problems());
        LimitTexts.Algorithm algorithm = options.value(RateLimitCatalogue.ALGORITHM);
        LimitTexts.read(options.value(RateLimitCatalogue.LIMITS), algorithm, options.problems())
                .forEach(builder::limit);
        LimitKey key = key(options);
        if (!builder.waiting.isEmpty()) {
            builder.key(key);
        }
        builder.headers(options.value(RateLimitCatalogue.HEADERS));
        builder.maxKeys = options.value(RateLimitCatalogue.MAX_KEYS);
        return builder.options();
    }

    private static LimitKey key(OptionReader options) {
        return LimitKey.parse(options.value(RateLimitCatalogue.KEY))
                .onMissing(options.value(RateLimitCatalogue.ON_MISSING_KEY))
                .ipv6Prefix(options.value(RateLimitCatalogue.IPV6_PREFIX).intValue());
    }

    /**
     * Adds a token bucket: so many requests at once, and as many again evenly over each period.
     *
     * @param name told to clients: 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}; each name once
     * @param capacity 1 to a thousand million
     * @param period 1 ms to 366 days, at most a million requests a second
     */
    public RateLimitFilterBuilder limit(String name, long capacity, Duration period) {
        return add(name, () -> RateLimit.TokenBucket.of(name, capacity, period));
    }

    /**
     * Adds a fixed window: so many requests in each second, minute, hour or day of the UTC calendar.
     *
     * @param name told to clients: 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}; each name once
     * @param capacity 1 to a thousand million
     * @param window whole seconds that divide a day evenly, 1 second to 1 day
     */
    public RateLimitFilterBuilder fixedWindow(String name, long capacity, Duration window) {
        return add(name, () -> new RateLimit.FixedWindow(name, capacity, window));
    }

    /** Adds a limit that refuses every request. */
    public RateLimitFilterBuilder blockAll(String name) {
        return add(name, () -> new RateLimit.BlockAll(name));
    }

    /** Adds a limit. All limits of a filter hold together: a request is charged to all of them or to none. */
    public RateLimitFilterBuilder limit(RateLimit limit) {
        problems.require(names.add(limit.name()), "limits." + limit.name(), "given twice", "each name once");
        waiting.add(limit);
        return this;
    }

    /**
     * Whom the limits added so far count for, save those that an earlier call has given a key. Limits left without one count
     * by the client's address.
     */
    public RateLimitFilterBuilder key(LimitKey key) {
        requireNonNull(key, "key");
        problems.require(!waiting.isEmpty() || !problems.isEmpty(), "key", key, "after the limits that it is for");
        for (RateLimit limit : waiting) {
            keyed.add(new KeyedLimit(limit, key));
        }
        waiting.clear();
        return this;
    }

    /** Which fields tell clients how they stand; those of the draft by default. */
    public RateLimitFilterBuilder headers(RateLimitFilter.Headers kind) {
        this.headers = requireNonNull(kind, "kind");
        return this;
    }

    /**
     * How many keys each limit remembers, 1 to ten million; a hundred thousand by default, some 50 octets each. When there
     * are more, and none of them is as good as new, those that come later share one bucket.
     */
    public RateLimitFilterBuilder maxKeys(int keys) {
        RateLimitCatalogue.MAX_KEYS.check((long) keys, problems);
        this.maxKeys = keys;
        return this;
    }

    /**
     * Checks and makes the filter.
     *
     * @throws GatewayException with every problem
     */
    public RateLimitFilter build() {
        RateLimitOptions options = options();
        problems.throwIfAny(RateLimitFilter.class.getSimpleName());
        return new RateLimitFilter(options);
    }

    private RateLimitOptions options() {
        if (!waiting.isEmpty()) {
            key(LimitKey.by(LimitKey.address()));
        }
        problems.require(!keyed.isEmpty() || !problems.isEmpty(), "limits", "none", "at least one");
        return new RateLimitOptions(keyed, headers, (int) maxKeys);
    }

    private RateLimitFilterBuilder add(String name, Supplier<RateLimit> limit) {
        try {
            limit(limit.get());
        } catch (GatewayException wrong) {
            problems.addAll("limits." + name, wrong.problems());
        }
        return this;
    }
}
