package dev.lintel.filters.ratelimit;

import static java.util.Objects.requireNonNull;

import dev.lintel.identity.Caller;
import dev.lintel.limit.RateLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Other numbers of a limit for some callers, by what was verified of them. A caller who is in several tiers has the first of them,
 * in the order given; one who is in none has the limit itself. Immutable and thread-safe.
 *
 * @param by {@code roles}, {@code consumer}, or {@code claim:NAME}, a text or a list of texts
 * @param limits the limits by the name of their tier
 */
public record LimitTiers(String by, Map<String, RateLimit> limits) {

    private static final LimitTiers NONE = new LimitTiers("roles", Map.of());
    private static final String CLAIM = "claim:";

    /** Copies the limits and checks what they go by. */
    public LimitTiers {
        requireNonNull(by, "by");
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        boolean known =
                by.equals("roles") || by.equals("consumer") || by.startsWith(CLAIM) && by.length() > CLAIM.length();
        if (!known) {
            throw new IllegalArgumentException("tier: " + by + " (expected: roles, consumer or claim:NAME)");
        }
    }

    /** Whether callers can be told apart by it. */
    static boolean isSelector(String by) {
        return by.equals("roles") || by.equals("consumer") || by.startsWith(CLAIM) && by.length() > CLAIM.length();
    }

    /** The same numbers for everybody. */
    public static LimitTiers none() {
        return NONE;
    }

    /** One more tier, after those before. */
    public LimitTiers tier(String name, RateLimit limit) {
        Map<String, RateLimit> more = new LinkedHashMap<>(limits);
        more.put(name, limit);
        return new LimitTiers(by, more);
    }

    /** The limit of a caller's tier, or null if he is in none. */
    @Nullable
    RateLimit of(@Nullable Caller caller) {
        if (caller == null || limits.isEmpty()) {
            return null;
        }
        Collection<?> values = values(caller);
        for (Map.Entry<String, RateLimit> tier : limits.entrySet()) {
            if (values.contains(tier.getKey())) {
                return tier.getValue();
            }
        }
        return null;
    }

    private Collection<?> values(Caller caller) {
        if (by.equals("roles")) {
            return caller.roles();
        }
        Object value = by.equals("consumer") ? caller.consumer() : caller.claim(by.substring(CLAIM.length()));
        List<Object> values = new ArrayList<>(1);
        if (value instanceof Collection<?> several) {
            values.addAll(several);
        } else if (value != null) {
            values.add(value.toString());
        }
        return values;
    }
}
