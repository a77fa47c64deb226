package dev.lintel.redis;

import static java.util.Objects.requireNonNull;

import dev.lintel.Time;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Describes a {@link RedisStore}. Mistakes are noted and reported together by {@link #build}. Not thread-safe. */
public final class RedisStoreBuilder {

    private final Problems problems;
    private @Nullable RedisAddress address;
    private String namespace = RedisCatalogue.NAMESPACE.otherwise();
    private String secret = "";
    private Duration deadline = RedisCatalogue.DEADLINE.otherwise();
    private Duration connectTimeout = RedisCatalogue.CONNECT_TIMEOUT.otherwise();
    private Duration startTimeout = RedisCatalogue.START_TIMEOUT.otherwise();
    private int maxPending = RedisCatalogue.MAX_PENDING.otherwise().intValue();
    private int leaseUnits;
    private Duration leaseTime = RedisCatalogue.LEASE_TIME.otherwise();
    private @Nullable Path trustedCertificates;
    private Duration permitLife = Permits.LIFE;
    private @Nullable Time clock;

    RedisStoreBuilder(Problems problems) {
        this.problems = problems;
    }

    /**
     * Where Redis is: {@code redis://[[user:]password@]host[:port][/database]}, {@code rediss://} with TLS;
     * {@code redis-sentinel://host[:port],...[/database]#name}; {@code redis-cluster://host[:port],...}; both with {@code rediss-} for TLS.
     */
    public RedisStoreBuilder uri(String uri) {
        address = RedisCatalogue.URI.check(uri, problems) ? RedisAddress.parse(uri) : RedisAddress.NOWHERE;
        return this;
    }

    /** What keys begin with, {@code lintel} by default: gateways with the same share counts. 1 to 64 letters, digits, -, _ and . */
    public RedisStoreBuilder namespace(String name) {
        RedisCatalogue.NAMESPACE.check(name, problems);
        this.namespace = name;
        return this;
    }

    /**
     * By what keys are hashed, the same in all gateways, so that nobody who can read Redis finds out by trying whose addresses and
     * names are counted. None by default. Another one begins all counts anew.
     */
    public RedisStoreBuilder secret(String text) {
        RedisCatalogue.SECRET.check(text, problems);
        this.secret = text;
        return this;
    }

    /** How long a decision waits for Redis: 5 ms to 5 s, 40 ms by default. */
    public RedisStoreBuilder deadline(Duration time) {
        RedisCatalogue.DEADLINE.check(time, problems);
        this.deadline = time;
        return this;
    }

    /** How long a connection may take to be made: 50 ms to 10 s, 500 ms by default. */
    public RedisStoreBuilder connectTimeout(Duration time) {
        RedisCatalogue.CONNECT_TIMEOUT.check(time, problems);
        this.connectTimeout = time;
        return this;
    }

    /**
     * How long {@link #build} waits for a first connection: 0 to 30 s, 1 s by default. Redis that is not there is no reason to fail;
     * Redis that refuses the credentials, or is not who its certificate should say, is.
     */
    public RedisStoreBuilder startTimeout(Duration time) {
        RedisCatalogue.START_TIMEOUT.check(time, problems);
        this.startTimeout = time;
        return this;
    }

    /** How many questions may be unanswered at a time: 1 to a million, 4096 by default. */
    public RedisStoreBuilder maxPending(int questions) {
        RedisCatalogue.MAX_PENDING.check((long) questions, problems);
        this.maxPending = questions;
        return this;
    }

    /**
     * Takes units in advance for keys that are asked for often, so that most decisions cost no round trip. Off by default. Units
     * that one gateway holds are missing for the others: all together hold an eighth of a limit at most.
     *
     * @param units how many at most for a key, up to a million; 0 for none
     * @param time how long they are good for before they are given back: 10 ms to 60 s
     */
    public RedisStoreBuilder lease(int units, Duration time) {
        RedisCatalogue.LEASE.check((long) units, problems);
        RedisCatalogue.LEASE_TIME.check(time, problems);
        this.leaseUnits = units;
        this.leaseTime = time;
        return this;
    }

    /** A PEM file with the certificates by which Redis' own is checked; those of the Java installation by default. */
    public RedisStoreBuilder trustedCertificates(Path pem) {
        problems.require(Files.isReadable(pem), "trustedCertificates", pem, "a file that can be read");
        this.trustedCertificates = pem;
        return this;
    }

    /** For how long a gateway is believed to hold permits. For tests. */
    RedisStoreBuilder permitLife(Duration time) {
        this.permitLife = time;
        return this;
    }

    /** Counts by other clocks than Redis' own. For tests. */
    RedisStoreBuilder clock(Time time) {
        this.clock = requireNonNull(time, "time");
        return this;
    }

    /**
     * Checks, connects, and waits for that no longer than told.
     *
     * @throws GatewayException with every problem; also if Redis is there and refuses the credentials or its certificate is refused
     */
    public RedisStore build() {
        RedisOptions options = options();
        RedisStore store = new RedisStore(options, permitLife, clock);
        Trouble refusal = store.awaitFirst(startTimeout);
        if (refusal != null) {
            store.close();
            problems.add(
                    "uri",
                    options.address() + ": " + refusal.words(),
                    "credentials and certificates that are accepted");
            problems.throwIfAny("RedisStore");
        }
        return store;
    }

    /** What it is to be like so far. */
    RedisOptions options() {
        RedisAddress place = requireUri();
        problems.throwIfAny("RedisStore");
        return new RedisOptions(
                place,
                namespace,
                secret,
                deadline,
                connectTimeout,
                maxPending,
                leaseUnits,
                leaseTime,
                trustedCertificates);
    }

    /** Notes a problem if no place was given. */
    RedisAddress requireUri() {
        problems.require(address != null, "uri", "none", RedisAddress.RULE);
        RedisAddress place = address == null ? RedisAddress.NOWHERE : address;
        address = place;
        return place;
    }
}
