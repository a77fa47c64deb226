package dev.lintel.redis;

import static java.util.Objects.requireNonNull;

import dev.lintel.Time;
import dev.lintel.option.GatewayException;
import dev.lintel.option.Names;
import dev.lintel.option.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Describes a {@link RedisStore}. Mistakes are noted and reported together by {@link #build}. Not thread-safe. */
public final class RedisStoreBuilder {

    static final Duration DEADLINE = Duration.ofMillis(40);
    static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    static final Duration START_TIMEOUT = Duration.ofSeconds(1);
    static final Duration LEASE_TIME = Duration.ofMillis(500);
    static final int MAX_PENDING = 4_096;
    static final int MOST_PENDING = 1_000_000;
    static final int MOST_LEASED = 1_000_000;

    private final Problems problems;
    private @Nullable RedisAddress address;
    private String namespace = "lintel";
    private String secret = "";
    private Duration deadline = DEADLINE;
    private Duration connectTimeout = CONNECT_TIMEOUT;
    private Duration startTimeout = START_TIMEOUT;
    private int maxPending = MAX_PENDING;
    private int leaseUnits;
    private Duration leaseTime = LEASE_TIME;
    private @Nullable Path trustedCertificates;
    private @Nullable Time clock;

    RedisStoreBuilder(Problems problems) {
        this.problems = problems;
    }

    /**
     * Where Redis is: {@code redis://[[user:]password@]host[:port][/database]}, {@code rediss://} with TLS;
     * {@code redis-sentinel://host[:port],...[/database]#name}; {@code redis-cluster://host[:port],...}; both with {@code rediss-} for TLS.
     */
    public RedisStoreBuilder uri(String uri) {
        try {
            address = RedisAddress.parse(uri);
        } catch (IllegalArgumentException malformed) {
            // what was given may hold a password
            problems.add("uri", "malformed", RedisAddress.RULE);
            address = RedisAddress.NOWHERE;
        }
        return this;
    }

    /** What keys begin with, {@code lintel} by default: gateways with the same share counts. 1 to 64 letters, digits, -, _ and . */
    public RedisStoreBuilder namespace(String name) {
        problems.require(Names.areValid(name), "namespace", name, Names.RULE);
        this.namespace = name;
        return this;
    }

    /**
     * By what keys are hashed, the same in all gateways, so that nobody who can read Redis finds out by trying whose addresses and
     * names are counted. None by default. Another one begins all counts anew.
     */
    public RedisStoreBuilder secret(String text) {
        problems.require(!text.isBlank(), "secret", "blank", "a text that others cannot guess");
        this.secret = text;
        return this;
    }

    /** How long a decision waits for Redis: 5 ms to 5 s, 40 ms by default. */
    public RedisStoreBuilder deadline(Duration time) {
        this.deadline = within("deadline", time, Duration.ofMillis(5), Duration.ofSeconds(5), DEADLINE);
        return this;
    }

    /** How long a connection may take to be made: 50 ms to 10 s, 500 ms by default. */
    public RedisStoreBuilder connectTimeout(Duration time) {
        this.connectTimeout =
                within("connectTimeout", time, Duration.ofMillis(50), Duration.ofSeconds(10), CONNECT_TIMEOUT);
        return this;
    }

    /**
     * How long {@link #build} waits for a first connection: 0 to 30 s, 1 s by default. Redis that is not there is no reason to fail;
     * Redis that refuses the credentials, or is not who its certificate should say, is.
     */
    public RedisStoreBuilder startTimeout(Duration time) {
        this.startTimeout = within("startTimeout", time, Duration.ZERO, Duration.ofSeconds(30), START_TIMEOUT);
        return this;
    }

    /** How many questions may be unanswered at a time: 1 to a million, 4096 by default. */
    public RedisStoreBuilder maxPending(int questions) {
        problems.require(questions >= 1 && questions <= MOST_PENDING, "maxPending", questions, "1 to " + MOST_PENDING);
        this.maxPending = questions;
        return this;
    }

    /**
     * Takes units in advance for keys that are asked for often, so that most decisions cost no round trip. Off by default. Units
     * that one gateway holds are missing for the others: all together hold an eighth of a limit at most.
     *
     * @param units how many at most for a key, 1 to a million
     * @param time how long they are good for before they are given back: 10 ms to 60 s
     */
    public RedisStoreBuilder lease(int units, Duration time) {
        problems.require(units >= 1 && units <= MOST_LEASED, "lease", units, "1 to " + MOST_LEASED);
        this.leaseUnits = units;
        this.leaseTime = within("leaseTime", time, Duration.ofMillis(10), Duration.ofSeconds(60), LEASE_TIME);
        return this;
    }

    /** A PEM file with the certificates by which Redis' own is checked; those of the Java installation by default. */
    public RedisStoreBuilder trustedCertificates(Path pem) {
        problems.require(Files.isReadable(pem), "trustedCertificates", pem, "a file that can be read");
        this.trustedCertificates = pem;
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
        RedisStore store = new RedisStore(options, clock);
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

    private RedisOptions options() {
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

    private Duration within(String name, Duration value, Duration least, Duration most, Duration otherwise) {
        boolean fits = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        problems.require(fits, name, value, least.toMillis() + " ms to " + most.toMillis() + " ms");
        return fits ? value : otherwise;
    }
}
