package dev.lintel.filters.jwt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads shared secrets: plain text, whose UTF-8 bytes are the secret, or a JWK or JWK set of type {@code oct} for secrets
 * that are not text and for changing from one to the next. Too short or well-known ones are refused (RFC 7518 section 3.2,
 * RFC 8725 section 3.5).
 */
final class SecretReader {

    static final int MIN_BYTES = 32;

    /** Fewer different bytes than this is a pattern, not a secret. */
    private static final int MIN_DISTINCT_BYTES = 8;

    /** Long enough to pass, and printed in manuals and on web pages. */
    private static final Set<String> PUBLISHED = Set.of(
            "a-string-secret-at-least-256-bits-long",
            "a-valid-string-secret-that-is-at-least-384-bits-long",
            "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
            "your-256-bit-secret-your-256-bit-secret",
            "super-secret-jwt-token-with-at-least-32-characters-long",
            "this-is-a-secret-key-that-is-at-least-32-characters-long",
            "bottom-secret-bottom-secret-bottom-secret");

    private final Set<JwtAlgorithm> algorithms;

    /** @param algorithms the configured ones, all of them HMAC */
    SecretReader(Set<JwtAlgorithm> algorithms) {
        this.algorithms = algorithms;
    }

    /**
     * The secrets of the text, at least one; none fits only part of the configured algorithms unless its JWK says so.
     *
     * @throws UnusableKey for the first secret that is not acceptable
     */
    List<VerificationKey> read(String text) throws UnusableKey {
        if (!text.startsWith("{")) {
            return List.of(key(null, text.getBytes(StandardCharsets.UTF_8), algorithms));
        }
        Map<String, @Nullable Object> object;
        try {
            object = StrictJson.object(text);
        } catch (StrictJson.Malformed e) {
            throw new UnusableKey("plain text, or a JWK or JWK set of type \"oct\"");
        }
        List<?> members = object.get("keys") instanceof List<?> list ? list : List.of(object);
        List<VerificationKey> keys = new ArrayList<>();
        Set<@Nullable String> ids = new HashSet<>();
        for (Object member : members) {
            VerificationKey key = key(member);
            if (!ids.add(key.id())) {
                throw new UnusableKey("a different kid for each secret");
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new UnusableKey("at least one secret");
        }
        return keys;
    }

    private VerificationKey key(@Nullable Object member) throws UnusableKey {
        if (!(member instanceof Map<?, ?> jwk) || !"oct".equals(jwk.get("kty"))) {
            throw new UnusableKey("kty \"oct\"");
        }
        if (jwk.containsKey("use") && !"sig".equals(jwk.get("use"))) {
            throw new UnusableKey("use \"sig\"");
        }
        if (jwk.containsKey("key_ops")
                && !(jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify"))) {
            throw new UnusableKey("key_ops with \"verify\"");
        }
        EnumSet<JwtAlgorithm> usable = EnumSet.copyOf(algorithms);
        if (jwk.containsKey("alg")) {
            usable.removeIf(algorithm -> !algorithm.name().equals(jwk.get("alg")));
        }
        if (usable.isEmpty()) {
            throw new UnusableKey("alg among the configured algorithms");
        }
        if (jwk.get("kid") != null && !(jwk.get("kid") instanceof String)) {
            throw new UnusableKey("string member \"kid\"");
        }
        if (!(jwk.get("k") instanceof String k) || !Base64Url.isCanonical(k, 0, k.length())) {
            throw new UnusableKey("base64url member \"k\"");
        }
        return key((String) jwk.get("kid"), Base64Url.decode(k), usable);
    }

    private static VerificationKey key(@Nullable String id, byte[] secret, Set<JwtAlgorithm> algorithms)
            throws UnusableKey {
        int needed = MIN_BYTES;
        for (JwtAlgorithm algorithm : algorithms) {
            needed = Math.max(needed, algorithm.hashBytes());
        }
        if (secret.length < needed) {
            throw new UnusableKey("secret of at least " + needed + " bytes for " + algorithms);
        }
        if (distinct(secret) < MIN_DISTINCT_BYTES || PUBLISHED.contains(new String(secret, StandardCharsets.UTF_8))) {
            throw new UnusableKey("secret that cannot be guessed");
        }
        return new VerificationKey(id, new Object(), NimbusSignatures.hmac(secret, algorithms));
    }

    private static int distinct(byte[] secret) {
        Set<Byte> seen = new HashSet<>();
        for (byte b : secret) {
            seen.add(b);
        }
        return seen.size();
    }
}
