package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.filter.GatewayState;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.MissingKey;
import dev.lintel.limit.RateLimit;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what a request is to be charged, and keeps the limiter that counts here. Thread-safe. */
final class LimitRules {

    private final LimitSetting[] limits;
    private final Rejection[] keyMissing;
    private final KeyHasher[] hashers;
    private final List<Map<RateLimit, KeyHasher>> tierHashers = new ArrayList<>();
    private final boolean settles;
    private final LocalRateLimiter limiter;

    /**
     * @param local what of a limit is counted here: all, or a share
     * @param shared gives the hasher of a limit that is counted elsewhere; null if all are counted here
     * @param state where limits that have not changed find what they have counted
     */
    LimitRules(
            RateLimitOptions options,
            Function<RateLimit, RateLimit> local,
            @Nullable Function<RateLimit, KeyHasher> shared,
            GatewayState.Part state) {
        this.limits = options.limits().toArray(LimitSetting[]::new);
        this.keyMissing = new Rejection[limits.length];
        this.hashers = new KeyHasher[limits.length];
        List<CountedLimit> counted = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < limits.length; i++) {
            LimitSetting setting = limits[i];
            keyMissing[i] = keyMissing(setting);
            hashers[i] = count(setting, setting.limit(), options, local, shared, state, counted);
            Map<RateLimit, KeyHasher> tiers = new HashMap<>();
            for (RateLimit tier : setting.tiers().limits().values()) {
                tiers.put(tier, count(setting, tier, options, local, shared, state, counted));
                any |= tier instanceof RateLimit.Concurrency;
            }
            tierHashers.add(tiers);
            any |= setting.limit() instanceof RateLimit.Concurrency
                    || setting.cost().isSettledAtEnd();
        }
        this.settles = any;
        this.limiter = new LocalRateLimiter(counted);
    }

    /** Rules of which nothing has been used, and which nobody else knows of. */
    static LimitRules unused(RateLimitOptions options) {
        return new LimitRules(
                options, limit -> limit, null, new GatewayState().mounting().part(""));
    }

    private static KeyHasher count(
            LimitSetting setting,
            RateLimit limit,
            RateLimitOptions options,
            Function<RateLimit, RateLimit> local,
            @Nullable Function<RateLimit, KeyHasher> shared,
            GatewayState.Part state,
            List<CountedLimit> counted) {
        KeptLimit kept = KeptLimit.take(local.apply(limit), setting.key(), options.maxKeys(), state);
        counted.add(kept.counted().of(limit));
        return shared == null ? kept.hasher() : shared.apply(limit);
    }

    /** Counts here. */
    LocalRateLimiter limiter() {
        return limiter;
    }

    /** The settings, in order. */
    List<LimitSetting> limits() {
        return List.of(limits);
    }

    /** Finds what is due, without any effect. */
    Due due(Exchange exchange, HttpServletRequest request) {
        Due due = new Due(limits.length);
        for (int i = 0; i < limits.length; i++) {
            LimitSetting setting = limits[i];
            RateLimit tier = setting.tiers().of(exchange.caller());
            KeyHasher hasher = tier == null ? hashers[i] : tierHashers.get(i).getOrDefault(tier, hashers[i]);
            KeyHash key = setting.key().hash(exchange, request, hasher);
            boolean observed = setting.mode() == LimitSetting.Mode.OBSERVE;
            if (key != null) {
                RateLimit limit = tier == null ? setting.limit() : tier;
                long cost = limit instanceof RateLimit.Concurrency
                        ? 1
                        : setting.cost().atFirst(request);
                due.add(new Charge(limit, key, cost, observed), setting, settles);
            } else if (setting.key().onMissing() == MissingKey.REFUSE && !observed) {
                return due.refuse(keyMissing[i]);
            }
        }
        return due;
    }

    /** The hash of a key whose parts are given, for a limit or one of its tiers. */
    KeyHash hash(LimitSetting setting, RateLimit limit, List<String> values) {
        int index = List.of(limits).indexOf(setting);
        KeyHasher hasher = tierHashers.get(index).getOrDefault(limit, hashers[index]);
        return setting.key().hash(values, hasher);
    }

    /** A caller's part that is missing is a matter of who may pass; a header field is one of the request's form. */
    private static Rejection keyMissing(LimitSetting limit) {
        return Rejection.client(
                limit.key().needsCaller() ? 403 : 400,
                "limit-key-missing",
                "The request lacks what its rate limit is counted by.");
    }
}
