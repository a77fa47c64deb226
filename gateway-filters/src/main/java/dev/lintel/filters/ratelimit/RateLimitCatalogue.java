package dev.lintel.filters.ratelimit;

import dev.lintel.limit.LimitKey;
import dev.lintel.limit.MissingKey;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import java.util.List;

/** What a {@link RateLimitFilter} can be told. */
final class RateLimitCatalogue {

    static final Option<List<String>> LIMITS = Option.list(
                    "limits",
                    "`name=number/duration` or `name=block`",
                    "name=number/duration such as per-user=100/1m, or name=block",
                    any -> true,
                    "what is allowed: so many requests in such a time, or none. Names are told to clients: 1 to 64 letters, digits,"
                            + " `-`, `_`, `.`, each once. 1 to 1,000,000,000 requests; buckets refill in 1 ms to 366 days, at"
                            + " most a million a second; windows are whole seconds that divide a day evenly")
            .orInWords("")
            .required()
            .inCode("limit", "fixedWindow", "blockAll");

    static final Option<LimitTexts.Algorithm> ALGORITHM = Option.choice(
                    "algorithm", LimitTexts.Algorithm.class, "how all of `limits` count; in code by the method")
            .or(LimitTexts.Algorithm.TOKEN_BUCKET)
            .inCode("limit", "fixedWindow");

    static final Option<String> KEY = Option.text(
                    "key",
                    "parts joined with `+`",
                    "address, api-key, consumer, claim:NAME, header:NAME, route or method, joined with +",
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
                    "whether clients are told in `RateLimit` and `RateLimit-Policy` how they stand")
            .or(RateLimitFilter.Headers.DRAFT);

    static final Option<Long> MAX_KEYS = Option.number(
                    "maxKeys", 1, 10_000_000, "how many keys each limit remembers, some 50 octets each")
            .or(100_000L);

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "rateLimit",
            "lets a key do something only so often",
            LIMITS,
            ALGORITHM,
            KEY,
            ON_MISSING_KEY,
            IPV6_PREFIX,
            HEADERS,
            MAX_KEYS);

    private RateLimitCatalogue() {}

    private static boolean isKey(String text) {
        try {
            return !LimitKey.parse(text).toString().isEmpty();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
