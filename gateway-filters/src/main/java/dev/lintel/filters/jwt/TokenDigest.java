package dev.lintel.filters.jwt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a token, by which it is found again without being kept. A collision would let one token pass for another;
 * with this hash nobody can make one, so no further comparison is needed.
 */
record TokenDigest(long a, long b, long c, long d) {

    /** The digest of a token. A character that no token has counts as {@code ?}, which no token has either. */
    static TokenDigest of(String token) {
        byte[] hash = sha256().digest(token.getBytes(StandardCharsets.ISO_8859_1));
        return new TokenDigest(word(hash, 0), word(hash, 8), word(hash, 16), word(hash, 24));
    }

    /** Enough of the digest to tell tokens apart, as 32 hexadecimal digits. */
    String text() {
        return HexFormat.of().toHexDigits(a) + HexFormat.of().toHexDigits(b);
    }

    @Override
    public int hashCode() {
        return (int) a;
    }

    private static long word(byte[] hash, int at) {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word = word << 8 | hash[at + i] & 0xFF;
        }
        return word;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
