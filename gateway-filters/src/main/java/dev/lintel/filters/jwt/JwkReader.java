package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.JwtAlgorithm.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which public keys of a JWK or JWK set (RFC 7517) may verify tokens. One bad key does not spoil the others: it
 * is left out, and why is told. Left out are keys for encryption, keys that are private or symmetric (whoever publishes
 * one has published the means to sign), keys of an unknown or unconfigured algorithm, and weak or broken ones.
 */
final class JwkReader {

    /** More keys than this nobody publishes in good faith; the rest is not read. */
    static final int MAX_KEYS = 256;

    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /**
     * What was read.
     *
     * @param keys the usable keys, in their order; may be empty
     * @param ignored for each key left out, the rule it breaks
     */
    record Keys(List<VerificationKey> keys, List<String> ignored) {}

    private final Set<JwtAlgorithm> algorithms;

    /** @param algorithms the configured ones; a key gets those of them that fit it */
    JwkReader(Set<JwtAlgorithm> algorithms) {
        this.algorithms = algorithms;
    }

    /**
     * Reads {@code {"keys": [...]}} or a single key.
     *
     * @throws UnusableKey if the text is neither
     */
    Keys read(byte[] json) throws UnusableKey {
        Map<String, @Nullable Object> object;
        try {
            object = StrictJson.object(json);
        } catch (StrictJson.Malformed e) {
            throw new UnusableKey("JSON object (" + e.getMessage() + ")");
        }
        List<?> members = object.containsKey("keys")
                ? object.get("keys") instanceof List<?> list ? list : null
                : object.containsKey("kty") ? List.of(object) : null;
        if (members == null) {
            throw new UnusableKey("JWK set with an array \"keys\"");
        }
        List<VerificationKey> keys = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Object member : members.subList(0, Math.min(members.size(), MAX_KEYS))) {
            try {
                keys.add(key(member));
            } catch (UnusableKey e) {
                ignored.add(e.rule());
            }
        }
        if (members.size() > MAX_KEYS) {
            ignored.add("at most " + MAX_KEYS + " keys");
        }
        return new Keys(keys, ignored);
    }

    private VerificationKey key(@Nullable Object member) throws UnusableKey {
        if (!(member instanceof Map<?, ?> jwk)) {
            throw new UnusableKey("JSON object for a key");
        }
        Family family = family(jwk.get("kty"));
        for (String name : PRIVATE_MEMBERS) {
            if (jwk.containsKey(name)) {
                throw new UnusableKey("public key without private members");
            }
        }
        if (jwk.containsKey("use") && !"sig".equals(jwk.get("use"))) {
            throw new UnusableKey("use \"sig\"");
        }
        if (jwk.containsKey("key_ops")
                && !(jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"))) {
            throw new UnusableKey("key_ops with \"verify\"");
        }
        String id = text(jwk, "kid");
        Set<JwtAlgorithm> usable = usable(family, text(jwk, "alg"));
        return switch (family) {
            case RSA -> NimbusJwk.rsa(id, required(jwk, "n"), required(jwk, "e"), usable);
            case EC -> NimbusJwk.ec(id, required(jwk, "crv"), required(jwk, "x"), required(jwk, "y"), usable);
            case HMAC -> throw new UnusableKey("public key");
        };
    }

    private static Family family(@Nullable Object keyType) throws UnusableKey {
        if ("RSA".equals(keyType)) {
            return Family.RSA;
        }
        if ("EC".equals(keyType)) {
            return Family.EC;
        }
        throw new UnusableKey("kty \"RSA\" or \"EC\"");
    }

    private Set<JwtAlgorithm> usable(Family family, @Nullable String named) throws UnusableKey {
        Set<JwtAlgorithm> usable = EnumSet.copyOf(JwtAlgorithm.of(family));
        usable.retainAll(algorithms);
        if (named != null) {
            usable.removeIf(algorithm -> !algorithm.name().equals(named));
        }
        if (usable.isEmpty()) {
            throw new UnusableKey("key for one of the configured algorithms");
        }
        return usable;
    }

    private static String required(Map<?, ?> jwk, String name) throws UnusableKey {
        String value = text(jwk, name);
        if (value == null) {
            throw new UnusableKey("string member \"" + name + "\"");
        }
        return value;
    }

    private static @Nullable String text(Map<?, ?> jwk, String name) throws UnusableKey {
        if (!jwk.containsKey(name)) {
            return null;
        }
        if (jwk.get(name) instanceof String text) {
            return text;
        }
        throw new UnusableKey("string member \"" + name + "\"");
    }
}
