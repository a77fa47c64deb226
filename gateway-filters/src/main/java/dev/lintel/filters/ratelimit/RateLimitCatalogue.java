package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.MissingKey;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.OptionType;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a {@link RateLimitFilter} can be told. */
final class RateLimitCatalogue {

    static final String KEY_RULE =
            "address, api-key, consumer, claim:NAME, header:NAME, route or method, joined with +";

    static final Option<OptionType.Entries<String, OptionReader>> LIMITS = Option.of(
                    "limits",
                    new OptionType.ListOrNamed<>(
                            limits(), new OptionType.Named<>("name", new OptionType.Group(SettingCatalogue.ALL))),
                    "what is allowed: so many requests in such a time, or none. Names are told to clients: 1 to 64 letters, digits,"
                            + " `-`, `_`, `.`, each once. 1 to 1,000,000,000 requests; buckets refill in 1 ms to 366 days, at"
                            + " most a million a second; windows are whole seconds that divide a day evenly, or a week or month")
            .or(new OptionType.Entries<>(List.of(), Map.of()))
            .orInWords("")
            .required()
            .inCode("limit", "fixedWindow", "slidingWindow", "concurrency", "usagePlan", "blockAll");

    static final Option<LimitAlgorithm> ALGORITHM = Option.choice(
                    "algorithm", LimitAlgorithm.class, "how all of `limits` count; in code by the method")
            .or(LimitAlgorithm.TOKEN_BUCKET)
            .inCode("limit", "fixedWindow", "slidingWindow", "concurrency", "usagePlan");

    static final Option<String> KEY = Option.text(
                    "key",
                    "parts joined with `+`",
                    KEY_RULE,
                    RateLimitCatalogue::isKey,
                    "what is counted by: see below")
            .or("address");

    static final Option<MissingKey> ON_MISSING_KEY = Option.choice(
                    "onMissingKey",
                    MissingKey.class,
                    "what becomes of a request that lacks a part of the key: `refuse` it, `skip` the limit, or `use-address` in"
                            + " its place; in code `by(...).onMissing(...)`")
            .or(MissingKey.REFUSE)
            .inCode("key");

    static final Option<Long> IPV6_PREFIX = Option.number(
                    "ipv6Prefix", 1, 128, "how many bits of an IPv6 address count; in code `by(...).ipv6Prefix(bits)`")
            .or((long) LimitKey.IPV6_PREFIX)
            .inCode("key");

    static final Option<RateLimitFilter.Headers> HEADERS = Option.choice(
                    "headers",
                    RateLimitFilter.Headers.class,
                    "which fields tell clients how they stand: `RateLimit` and `RateLimit-Policy`, older ones, or none")
            .or(RateLimitFilter.Headers.DRAFT);

    static final Option<Long> MAX_KEYS = Option.number(
                    "maxKeys",
                    1,
                    10_000_000,
                    "how many keys each limit remembers, some 65 bytes each, 275 for a sliding window")
            .or(100_000L);

    static final Option<Long> STATUS =
            Option.number("status", 429, 503, "of refusals: 429 or 503").or(429L);

    static final Option<Long> MAX_WAITING = Option.number(
                    "maxWaiting", 0, 100_000, "how many requests may wait at a time, for their turn or a permit")
            .or(1_000L);

    static final Option<String> STORE = Option.text(
                    "store", "what keeps the counts, for several gateways: the kind of a module that is there")
            .orInWords("this process");

    static final Option<OptionReader> STORE_OPTIONS = Option.of(
                    "storeOptions", new OptionType.Anything("options"), "what the store is told")
            .inCode("store");

    static final Option<Duration> STORE_DEADLINE = Option.duration(
                    "storeDeadline",
                    Duration.ofMillis(1),
                    Duration.ofSeconds(10),
                    "how long a request waits for the store")
            .or(Duration.ofMillis(50));

    static final Option<RateLimitFilter.StoreError> ON_STORE_ERROR = Option.choice(
                    "onStoreError",
                    RateLimitFilter.StoreError.class,
                    "what becomes of requests about which it does not decide in time: counted here, passed, or refused")
            .or(RateLimitFilter.StoreError.LOCAL);

    static final Option<Long> INSTANCES = Option.number(
                    "instances",
                    1,
                    1_000,
                    "how many gateways share the store, each counting by its part when it does not")
            .or(1L);

    static final Option<String> SCOPE = Option.text(
                    "scope", "what tells these limits from others of the same name in the store")
            .orInWords("the filter's name");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "rateLimit",
            "lets a key do something only so often",
            LIMITS,
            ALGORITHM,
            KEY,
            ON_MISSING_KEY,
            IPV6_PREFIX,
            HEADERS,
            STATUS,
            MAX_KEYS,
            MAX_WAITING,
            STORE,
            STORE_OPTIONS,
            STORE_DEADLINE,
            ON_STORE_ERROR,
            INSTANCES,
            SCOPE);

    private RateLimitCatalogue() {}

    private static OptionType.Items<String> limits() {
        return (OptionType.Items<String>) Option.list(
                        "limits",
                        "`name=number/duration` or `name=block`",
                        "name=number/duration such as per-user=100/1m, or name=block",
                        any -> true,
                        "limits")
                .type();
    }

    static boolean isKey(String text) {
        try {
            return !LimitKey.parse(text).toString().isEmpty();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
