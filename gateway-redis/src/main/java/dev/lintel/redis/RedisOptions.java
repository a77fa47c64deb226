package dev.lintel.redis;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of one store. Immutable and thread-safe.
 *
 * @param address where Redis is
 * @param namespace what keys begin with
 * @param secret by which keys are hashed together with the namespace; empty for none
 * @param deadline how long a decision waits for Redis
 * @param connectTimeout how long a connection may take to be made
 * @param maxPending how many questions may be unanswered at a time
 * @param leaseUnits how many units are taken in advance of a key that is asked for often; 0 for none
 * @param leaseTime for how long
 * @param trustedCertificates by which Redis' own is checked, or null for those of the machine
 */
record RedisOptions(
        RedisAddress address,
        String namespace,
        String secret,
        Duration deadline,
        Duration connectTimeout,
        int maxPending,
        int leaseUnits,
        Duration leaseTime,
        @Nullable Path trustedCertificates) {

    /** Shows neither secret nor credentials. */
    @Override
    public String toString() {
        return address + " " + namespace;
    }
}
