package dev.lintel.filters.ratelimit;

import dev.lintel.filter.GatewayState;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.RateLimit;
import dev.lintel.limit.RateLimitStore;
import dev.lintel.option.Problems;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a filter has once it is initialised. Thread-safe.
 *
 * @param rules what requests are to be charged
 * @param gate who charges them
 * @param tally what became of them
 * @param view for whoever looks at it
 * @param toClose the store that is to be closed with the filter, or null
 */
record RunningLimits(
        LimitRules rules,
        LimitGate gate,
        LimitTally tally,
        LimitView view,
        @Nullable RateLimitStore toClose) {

    static RunningLimits start(Object owner, RateLimitOptions options, String name, GatewayState.Part state) {
        RateLimitOptions.Store asked = options.store();
        RateLimitStore store = asked == null ? null : asked.open().get();
        if (store != null) {
            check(store, options);
        }
        Function<RateLimit, RateLimit> local = asked == null ? limit -> limit : limit -> limit.share(asked.instances());
        LimitRules rules = new LimitRules(options, local, hashers(asked, store, name), state);
        StoreGate storeGate = asked == null || store == null ? null : new StoreGate(store, asked);
        LimitGate gate = new LimitGate(owner, options, rules.limiter(), storeGate);
        LimitTally tally = new LimitTally(options);
        LimitView view = new LimitView(rules, gate, tally, storeGate);
        return new RunningLimits(rules, gate, tally, view, asked != null && asked.closes() ? store : null);
    }

    /** Sees to it that the store can count everything. */
    private static void check(RateLimitStore store, RateLimitOptions options) {
        Problems problems = new Problems();
        for (LimitSetting setting : options.limits()) {
            Stream.concat(Stream.of(setting.limit()), setting.tiers().limits().values().stream())
                    .forEach(limit -> store.objection(limit)
                            .ifPresent(rule -> problems.add("limits." + limit.name(), kind(limit), rule)));
        }
        problems.throwIfAny(RateLimitFilter.class.getSimpleName());
    }

    private static String kind(RateLimit limit) {
        return limit.getClass().getSimpleName();
    }

    private static @Nullable Function<RateLimit, KeyHasher> hashers(
            RateLimitOptions.@Nullable Store asked, @Nullable RateLimitStore store, String name) {
        if (asked == null || store == null) {
            return null;
        }
        String scope = asked.scope() == null ? name : asked.scope();
        KeyHasher shared = store.hasher();
        return limit -> shared.scoped(scope + "/" + limit.name());
    }
}
