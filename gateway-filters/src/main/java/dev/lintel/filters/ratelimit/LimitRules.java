package dev.lintel.filters.ratelimit;

import dev.lintel.Exchange;
import dev.lintel.filter.GatewayState;
import dev.lintel.limit.Charge;
import dev.lintel.limit.KeyHash;
import dev.lintel.limit.KeyHasher;
import dev.lintel.limit.LimitState;
import dev.lintel.limit.MissingKey;
import dev.lintel.limit.RateLimitDecision;
import dev.lintel.limit.RateLimiter;
import dev.lintel.reject.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a request is to be charged, and the answers if it cannot be. Thread-safe. */
final class LimitRules {

    private final List<KeyedLimit> limits;
    private final List<Rejection> keyMissing;
    private final RateLimiter limiter;
    private final KeyHasher[] hashers;

    /** What the policy field says of all limits; made by the first request that is charged for all, the same by any. */
    private @Nullable String policyOfAll;

    /**
     * @param state where limits that have not changed find what they have counted
     */
    LimitRules(RateLimitOptions options, GatewayState.Part state) {
        this.limits = options.limits();
        this.keyMissing = limits.stream().map(LimitRules::keyMissing).toList();
        this.hashers = new KeyHasher[limits.size()];
        List<CountedLimit> counted = new ArrayList<>();
        for (KeyedLimit limit : limits) {
            KeptLimit kept = KeptLimit.take(limit, options.maxKeys(), state);
            hashers[counted.size()] = kept.hasher();
            counted.add(kept.counted().of(limit.limit()));
        }
        this.limiter = new LocalRateLimiter(counted);
    }

    /** Rules of which nothing has been used, and which nobody else knows of. */
    static LimitRules unused(RateLimitOptions options) {
        return new LimitRules(options, new GatewayState().mounting().part(""));
    }

    /** What is due for one request. */
    static final class Due {

        private final List<Charge> charges;
        private @Nullable Rejection refused;

        private Due(int limits) {
            this.charges = new ArrayList<>(limits);
        }

        /** Why the request is refused without being counted, or null. */
        @Nullable
        Rejection refused() {
            return refused;
        }
    }

    /** Finds what is due, without any effect. */
    Due due(Exchange exchange, HttpServletRequest request) {
        Due due = new Due(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            KeyedLimit limit = limits.get(i);
            KeyHash key = limit.key().hash(exchange, request, hashers[i]);
            if (key != null) {
                due.charges.add(new Charge(limit.limit(), key, 1));
            } else if (limit.key().onMissing() == MissingKey.REFUSE) {
                due.refused = keyMissing.get(i);
                return due;
            }
        }
        return due;
    }

    /** Charges what is due. */
    RateLimitDecision charge(Due due, Exchange exchange) {
        return limiter.acquire(due.charges, exchange.settings().time());
    }

    /** What {@link #charge} would decide now, without any effect. */
    RateLimitDecision predict(Due due, Exchange exchange) {
        return limiter.peek(due.charges, exchange.settings().time());
    }

    /** The policy field for the limits that a request was charged for. */
    String policy(List<LimitState> states) {
        if (states.size() < limits.size()) {
            return RateLimitFields.policy(states);
        }
        String known = policyOfAll;
        if (known == null) {
            known = RateLimitFields.policy(states);
            policyOfAll = known;
        }
        return known;
    }

    /** The answer to a request that came too soon (RFC 6585 section 4). */
    static Rejection tooMany(RateLimitDecision rejected) {
        List<String> exceeded = new ArrayList<>(1);
        for (int i = 0; i < rejected.size(); i++) {
            if (rejected.isExceeded(i)) {
                exceeded.add(rejected.limit(i).name());
            }
        }
        return Rejection.client(429, "rate-limit-exceeded", "There were too many requests; try again later.")
                .withHeader("Retry-After", Long.toString(rejected.retryAfterSeconds()))
                .withViolatedPolicies(exceeded);
    }

    /** A caller's part that is missing is a matter of who may pass; a header field is one of the request's form. */
    private static Rejection keyMissing(KeyedLimit limit) {
        return Rejection.client(
                limit.key().needsCaller() ? 403 : 400,
                "limit-key-missing",
                "The request lacks what its rate limit is counted by.");
    }
}
