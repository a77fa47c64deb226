package dev.lintel.filters.jwt;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that shapes a fetched key set. Filters with equal ones share the set, the fetches and the time of the next.
 *
 * @param uri where the key set is; with {@code issuer}, where the discovery document is
 * @param issuer who the discovery document must be of; null if {@code uri} is the key set's
 * @param algorithms the configured ones
 * @param refreshInterval from a good fetch to the next
 * @param maxAge how long a set is used when no other follows
 * @param timeout for the whole of one answer
 * @param insecureAllowed whether keys may come over plain HTTP from another machine
 * @param nanos a monotonic count of nanoseconds
 */
record RemoteSpec(
        URI uri,
        @Nullable String issuer,
        Set<JwtAlgorithm> algorithms,
        Duration refreshInterval,
        Duration maxAge,
        Duration timeout,
        boolean insecureAllowed,
        LongSupplier nanos) {

    RemoteSpec {
        algorithms = Set.copyOf(algorithms);
    }
}
