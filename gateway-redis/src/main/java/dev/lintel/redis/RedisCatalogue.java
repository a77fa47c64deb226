package dev.lintel.redis;

import dev.lintel.option.Names;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import java.nio.file.Path;
import java.time.Duration;

/** What a store can be told. */
final class RedisCatalogue {

    static final Option<String> URI = Option.text(
                    "uri",
                    "address",
                    RedisAddress.RULE,
                    RedisAddress::isAddress,
                    "`redis://[[user:]password@]host[:port][/database]`, `rediss://` for TLS;"
                            + " `redis-sentinel://host[:port],...[/database]#name` for the main server that Sentinels name;"
                            + " `redis-cluster://host[:port],...`; both with `rediss-` for TLS. Never shown with user and"
                            + " password")
            .required()
            .secret();

    static final Option<String> NAMESPACE = Option.text(
                    "namespace",
                    "name",
                    Names.RULE,
                    Names::areValid,
                    "what keys begin with; gateways with the same share counts")
            .or("lintel");

    static final Option<String> SECRET = Option.text(
                    "secret",
                    "text",
                    "a text that others cannot guess",
                    text -> !text.isBlank(),
                    "by what keys are hashed, the same in all gateways. Without one, whoever can read Redis can find out by"
                            + " trying which addresses and names are counted. Another one begins all counts anew")
            .secret()
            .orInWords("none");

    static final Option<Duration> DEADLINE =
            time("deadline", 5, 5_000, "how long a decision waits for Redis").or(Duration.ofMillis(40));

    static final Option<Duration> CONNECT_TIMEOUT = time(
                    "connectTimeout", 50, 10_000, "how long a connection may take to be made")
            .or(Duration.ofMillis(500));

    static final Option<Duration> START_TIMEOUT = time(
                    "startTimeout", 0, 30_000, "how long the start waits for a first connection")
            .or(Duration.ofSeconds(1));

    static final Option<Long> MAX_PENDING = Option.number(
                    "maxPending", 1, 1_000_000, "how many questions may be unanswered at a time")
            .or(4_096L);

    static final Option<Long> LEASE = Option.number(
                    "lease",
                    0,
                    1_000_000,
                    "how many units are taken in advance of a key that is asked for often; in code `lease(units, time)`")
            .or(0L);

    static final Option<Duration> LEASE_TIME = time("leaseTime", 10, 60_000, "for how long")
            .or(Duration.ofMillis(500))
            .inCode("lease");

    static final Option<Path> TRUSTED_CERTIFICATES = Option.file(
                    "trustedCertificates",
                    "a PEM file with the certificates by which that of Redis is checked, its name always")
            .orInWords("those of Java");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "redis",
            "counts in Redis what several gateways limit together",
            URI,
            NAMESPACE,
            SECRET,
            DEADLINE,
            CONNECT_TIMEOUT,
            START_TIMEOUT,
            MAX_PENDING,
            LEASE,
            LEASE_TIME,
            TRUSTED_CERTIFICATES);

    private RedisCatalogue() {}

    private static Option<Duration> time(String name, long leastMillis, long mostMillis, String meaning) {
        return Option.duration(name, Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis), meaning);
    }
}
