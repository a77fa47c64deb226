package dev.lintel.redis;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import java.time.Duration;

/** What a store can be told by texts. */
final class RedisCatalogue {

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "redis",
            "counts in Redis what several gateways limit together",
            Option.text("uri", "where Redis is").required().secret(),
            Option.text("namespace", "what keys begin with; gateways with the same share counts")
                    .or("lintel"),
            Option.text("secret", "by what keys are hashed, the same in all gateways")
                    .secret(),
            time("deadline", RedisStoreBuilder.DEADLINE, "how long a decision waits for Redis"),
            time("connectTimeout", RedisStoreBuilder.CONNECT_TIMEOUT, "how long a connection may take to be made"),
            time("startTimeout", RedisStoreBuilder.START_TIMEOUT, "how long the start waits for a first connection"),
            Option.number("maxPending", 1, RedisStoreBuilder.MOST_PENDING, "how many questions may be unanswered")
                    .or((long) RedisStoreBuilder.MAX_PENDING),
            Option.number("lease", 0, RedisStoreBuilder.MOST_LEASED, "how many units are taken in advance")
                    .or(0L),
            time("leaseTime", RedisStoreBuilder.LEASE_TIME, "how long they are good for"),
            Option.file("trustedCertificates", "by which Redis' own is checked, as PEM"));

    private RedisCatalogue() {}

    private static Option<Duration> time(String name, Duration otherwise, String meaning) {
        return Option.duration(name, meaning).or(otherwise);
    }
}
