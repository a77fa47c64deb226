package dev.lintel.filters.jwt;

import dev.lintel.filters.jwt.TokenFault.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed token taken apart (RFC 7515 section 3.1), nothing of it verified yet. Payload and signature are not looked at
 * before they are asked for: most of what a bad token could cost is spent only if it names a key. Confined to one request.
 */
final class CompactToken {

    private final JwtAlgorithm algorithm;
    private final @Nullable String keyId;
    private final String token;
    private final int first;
    private final int second;
    private byte @Nullable [] signingInput;

    private CompactToken(JwtAlgorithm algorithm, @Nullable String keyId, String token, int first, int second) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.token = token;
        this.first = first;
        this.second = second;
    }

    /**
     * Takes {@code token} apart. Length and alphabet are checked before anything is decoded. Refused: all but three
     * non-empty parts (so JWE and the JSON serialisations), an algorithm not in {@code algorithms}, and a header that
     * changes how the token is to be read ({@code crit}, {@code b64}, {@code enc}, {@code zip}). Keys and links to keys in
     * the header ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are not looked at (RFC 8725 section 3.10).
     */
    static CompactToken parse(String token, Set<JwtAlgorithm> algorithms, int maxLength) throws TokenFault {
        if (token.length() > maxLength) {
            throw new TokenFault(Reason.TOO_LONG);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || second == token.length() - 1) {
            throw new TokenFault(Reason.MALFORMED);
        }
        if (!Base64Url.isCanonical(token, 0, first)
                || !Base64Url.isCanonical(token, first + 1, second)
                || !Base64Url.isCanonical(token, second + 1, token.length())) {
            throw new TokenFault(Reason.MALFORMED);
        }
        Map<String, @Nullable Object> header = header(token.substring(0, first));
        return new CompactToken(algorithm(header, algorithms), keyId(header), token, first, second);
    }

    private static Map<String, @Nullable Object> header(String part) throws TokenFault {
        Map<String, @Nullable Object> header;
        try {
            header = StrictJson.object(Base64Url.decode(part));
        } catch (StrictJson.Malformed e) {
            throw new TokenFault(Reason.MALFORMED);
        }
        if (header.containsKey("crit")
                || header.containsKey("b64")
                || header.containsKey("enc")
                || header.containsKey("zip")) {
            throw new TokenFault(Reason.HEADER);
        }
        return header;
    }

    private static JwtAlgorithm algorithm(Map<String, @Nullable Object> header, Set<JwtAlgorithm> allowed)
            throws TokenFault {
        JwtAlgorithm algorithm = header.get("alg") instanceof String name ? JwtAlgorithm.named(name) : null;
        if (algorithm == null || !allowed.contains(algorithm)) {
            throw new TokenFault(Reason.ALGORITHM);
        }
        return algorithm;
    }

    private static @Nullable String keyId(Map<String, @Nullable Object> header) throws TokenFault {
        if (!header.containsKey("kid")) {
            return null;
        }
        if (header.get("kid") instanceof String keyId) {
            return keyId;
        }
        throw new TokenFault(Reason.HEADER);
    }

    /** The header's algorithm, one of those asked for. */
    JwtAlgorithm algorithm() {
        return algorithm;
    }

    /** The header's {@code kid}; null when it has none. */
    @Nullable
    String keyId() {
        return keyId;
    }

    /** The bytes that were signed; not to be changed. */
    byte[] signingInput() {
        byte[] bytes = signingInput;
        if (bytes == null) {
            bytes = token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1);
            signingInput = bytes;
        }
        return bytes;
    }

    /** The payload, decoded at each call, not necessarily JSON. */
    byte[] payload() {
        return Base64Url.decode(token.substring(first + 1, second));
    }

    /** The signature part as it stood in the token, canonical base64url. */
    String signature() {
        return token.substring(second + 1);
    }

    /** Names the algorithm alone: what is printed is what gets logged. */
    @Override
    public String toString() {
        return "CompactToken[" + algorithm + "]";
    }
}
