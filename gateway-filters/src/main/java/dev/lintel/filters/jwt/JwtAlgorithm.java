package dev.lintel.filters.jwt;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms a configuration may name (RFC 7518 section 3.1). {@code none} is not among them, so that no
 * configuration can ask for it.
 */
enum JwtAlgorithm {
    RS256(Family.RSA, 256),
    RS384(Family.RSA, 384),
    RS512(Family.RSA, 512),
    PS256(Family.RSA, 256),
    PS384(Family.RSA, 384),
    PS512(Family.RSA, 512),
    ES256(Family.EC, 256),
    ES384(Family.EC, 384),
    ES512(Family.EC, 512),
    HS256(Family.HMAC, 256),
    HS384(Family.HMAC, 384),
    HS512(Family.HMAC, 512);

    /** The kind of key an algorithm needs; a key of one kind never verifies another kind's algorithm. */
    enum Family {
        RSA,
        EC,
        HMAC
    }

    private static final Map<String, JwtAlgorithm> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(JwtAlgorithm::name, Function.identity()));

    private final Family family;
    private final int hashBits;

    JwtAlgorithm(Family family, int hashBits) {
        this.family = family;
        this.hashBits = hashBits;
    }

    Family family() {
        return family;
    }

    /** The size of the hash in bytes; an HMAC secret must be at least as long (RFC 7518 section 3.2). */
    int hashBytes() {
        return hashBits / 8;
    }

    /** The algorithm of exactly this name, in this case; null for every other. */
    static @Nullable JwtAlgorithm named(String name) {
        return BY_NAME.get(name);
    }

    /** All algorithms of one family. */
    static Set<JwtAlgorithm> of(Family family) {
        EnumSet<JwtAlgorithm> set = EnumSet.allOf(JwtAlgorithm.class);
        set.removeIf(algorithm -> algorithm.family != family);
        return set;
    }
}
