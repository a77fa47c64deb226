package dev.lintel.filters.ratelimit;

import static java.util.Objects.requireNonNull;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.limit.UsagePlan;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes a {@link RateLimitFilter}. Mistakes are noted and reported together by {@link #build}. Not thread-safe. */
public final class RateLimitFilterBuilder {

    private static final int MOST_LIMITS = 32;

    private final Problems problems;
    private final List<LimitSetting> settings = new ArrayList<>();
    /** Which of the settings have no key yet. */
    private final List<Integer> waiting = new ArrayList<>();

    private final Set<String> names = new HashSet<>();
    private RateLimitFilter.Headers headers = RateLimitCatalogue.HEADERS.otherwise();
    private int status = 429;
    private int maxKeys = RateLimitCatalogue.MAX_KEYS.otherwise().intValue();
    private int maxWaiting = RateLimitCatalogue.MAX_WAITING.otherwise().intValue();
    private @Nullable Supplier<RateLimitStore> store;
    private boolean closesStore;
    private Duration storeDeadline = RateLimitCatalogue.STORE_DEADLINE.otherwise();
    private RateLimitFilter.StoreError onStoreError = RateLimitCatalogue.ON_STORE_ERROR.otherwise();
    private int instances = 1;
    private @Nullable String scope;

    RateLimitFilterBuilder(Problems problems) {
        this.problems = problems;
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

    /**
     * Adds a sliding window: never more than so many requests in any stretch of time of that length.
     *
     * @param name told to clients: 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}; each name once
     * @param capacity 1 to a thousand million
     * @param window 10 ms to 366 days
     */
    public RateLimitFilterBuilder slidingWindow(String name, long capacity, Duration window) {
        return add(name, () -> new RateLimit.SlidingWindow(name, capacity, window));
    }

    /**
     * Adds a number of requests at the same time.
     *
     * @param name told to clients: 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}; each name once
     * @param capacity 1 to a thousand million
     */
    public RateLimitFilterBuilder concurrency(String name, long capacity) {
        return add(name, () -> RateLimit.Concurrency.of(name, capacity));
    }

    /** Adds a throttle and a quota. */
    public RateLimitFilterBuilder usagePlan(UsagePlan plan) {
        plan.limits().forEach(this::limit);
        return this;
    }

    /** Adds a limit that refuses every request. */
    public RateLimitFilterBuilder blockAll(String name) {
        return add(name, () -> new RateLimit.BlockAll(name));
    }

    /** Adds a limit. All limits of a filter hold together: a request is charged to all of them or to none. */
    public RateLimitFilterBuilder limit(RateLimit limit) {
        waiting.add(settings.size());
        return limit(LimitSetting.of(limit));
    }

    /** Adds a limit with a key, a mode, a cost and tiers of its own. */
    public RateLimitFilterBuilder limit(LimitSetting setting) {
        String name = setting.limit().name();
        problems.require(names.add(name), "limits." + name, "given twice", "each name once");
        for (RateLimit tier : setting.tiers().limits().values()) {
            problems.require(tier.name().equals(name), "limits." + name + ".tiers", tier.name(), "the limit's name");
        }
        settings.add(setting);
        return this;
    }

    /**
     * Whom the limits added so far count for, save those that have a key. Limits left without one count by the client's address.
     */
    public RateLimitFilterBuilder key(LimitKey key) {
        requireNonNull(key, "key");
        problems.require(!waiting.isEmpty() || !problems.isEmpty(), "key", key, "after the limits that it is for");
        for (int index : waiting) {
            settings.set(index, settings.get(index).key(key));
        }
        waiting.clear();
        return this;
    }

    /** Which fields tell clients how they stand; those of the draft by default. */
    public RateLimitFilterBuilder headers(RateLimitFilter.Headers kind) {
        this.headers = requireNonNull(kind, "kind");
        return this;
    }

    /** The status of refusals: 429, the default, or 503 as nginx answers. */
    public RateLimitFilterBuilder status(int code) {
        problems.require(code == 429 || code == 503, "status", code, "429 or 503");
        this.status = code;
        return this;
    }

    /**
     * How many keys each limit remembers, 1 to ten million; a hundred thousand by default, some 65 bytes each, 275 for a sliding
     * window. When there are more, and none of them is as good as new, those that come later share one bucket.
     */
    public RateLimitFilterBuilder maxKeys(int keys) {
        RateLimitCatalogue.MAX_KEYS.check((long) keys, problems);
        this.maxKeys = keys;
        return this;
    }

    /**
     * How many requests may wait at a time, for their turn in leaky buckets and for permits, 0 to a hundred thousand; a thousand by
     * default. When there are more they are refused as if there were no waiting.
     */
    public RateLimitFilterBuilder maxWaiting(int requests) {
        RateLimitCatalogue.MAX_WAITING.check((long) requests, problems);
        this.maxWaiting = requests;
        return this;
    }

    /** Where counts are kept, in place of this process. Whoever made the store closes it, after the gateway. */
    public RateLimitFilterBuilder store(RateLimitStore shared) {
        requireNonNull(shared, "shared");
        this.store = () -> shared;
        this.closesStore = false;
        return this;
    }

    /** A store that the filter opens and closes. */
    RateLimitFilterBuilder opened(Supplier<RateLimitStore> open) {
        this.store = open;
        this.closesStore = true;
        return this;
    }

    /** How long a request waits for the store, 1 ms to 10 s; 50 ms by default. */
    public RateLimitFilterBuilder storeDeadline(Duration deadline) {
        RateLimitCatalogue.STORE_DEADLINE.check(deadline, problems);
        this.storeDeadline = deadline;
        return this;
    }

    /** What becomes of requests about which the store does not decide in time; counted here by default. */
    public RateLimitFilterBuilder onStoreError(RateLimitFilter.StoreError choice) {
        this.onStoreError = requireNonNull(choice, "choice");
        return this;
    }

    /**
     * How many gateways share the store, 1 to 1000: each counts by its part of the limits when the store does not. Unless told, or 1:
     * as many as the store knew of last.
     */
    public RateLimitFilterBuilder instances(int gateways) {
        RateLimitCatalogue.INSTANCES.check((long) gateways, problems);
        this.instances = gateways;
        return this;
    }

    /** What tells these limits from others of the same name in the store; the filter's name by default. */
    public RateLimitFilterBuilder scope(String name) {
        problems.require(!name.isBlank(), "scope", name, "a name");
        this.scope = name;
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

    RateLimitOptions options() {
        problems.require(!settings.isEmpty() || !problems.isEmpty(), "limits", "none", "at least one");
        problems.require(settings.size() <= MOST_LIMITS, "limits", settings.size(), "at most " + MOST_LIMITS);
        Supplier<RateLimitStore> opened = store;
        RateLimitOptions.Store used = opened == null
                ? null
                : new RateLimitOptions.Store(opened, closesStore, storeDeadline, onStoreError, instances, scope);
        return new RateLimitOptions(settings, headers, status, maxKeys, maxWaiting, used);
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
