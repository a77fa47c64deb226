package dev.lintel.filters.jwt;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The SHA-256 of a token, by which it is found again without being kept. A collision would let one token pass for another;
 * with this hash nobody can make one, so no further comparison is needed.
 */
record TokenDigest(long a, long b, long c, long d) {

    /**
     * The digest of {@code line[start, end)}. A character that no token has counts as {@code ?}, which no token has either.
     */
    static TokenDigest of(String line, int start) {
        return TokenHasher.hash(line, start);
    }

    /** A digest from its 32 bytes. */
    static TokenDigest of(ByteBuffer hash) {
        return new TokenDigest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** Enough of the digest to tell tokens apart, as 32 hexadecimal digits. */
    String text() {
        return HexFormat.of().toHexDigits(a) + HexFormat.of().toHexDigits(b);
    }

    @Override
    public int hashCode() {
        return (int) a;
    }
}
