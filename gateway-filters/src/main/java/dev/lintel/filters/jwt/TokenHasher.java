package dev.lintel.filters.jwt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Hashes a token where it stands, block by block, without a copy of it. Used by one thread at a time; {@link #hash} keeps a
 * few for all threads.
 */
final class TokenHasher {

    private static final int BLOCK = 1024;
    private static final int HASH_BYTES = 32;

    /*
     * The idle ones, each thread's at a place of its own as far as there are places. Not thread-local: those of a container's
     * threads would outlive the application, and virtual threads would each make one. The places are a cache line apart.
     */
    private static final int PLACES = 64;
    private static final int APART = 16;
    private static final AtomicReferenceArray<TokenHasher> IDLE = new AtomicReferenceArray<>(PLACES * APART);

    private final MessageDigest sha256 = sha256();
    /* Replaces what it cannot encode: were it to stop there, a prefix would pass for the whole. */
    private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1
            .newEncoder()
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .onMalformedInput(CodingErrorAction.REPLACE);
    private final char[] chars = new char[BLOCK];
    private final byte[] bytes = new byte[BLOCK];
    private final CharBuffer from = CharBuffer.wrap(chars);
    private final ByteBuffer to = ByteBuffer.wrap(bytes);

    private TokenHasher() {}

    /** The digest of {@code line[start, end)}; see {@link TokenDigest#of}. */
    static TokenDigest hash(String line, int start) {
        int place = ((int) Thread.currentThread().getId() & PLACES - 1) * APART;
        TokenHasher idle = IDLE.getAndSet(place, null);
        TokenHasher hasher = idle == null ? new TokenHasher() : idle;
        TokenDigest digest = hasher.digest(line, start);
        IDLE.setRelease(place, hasher);
        return digest;
    }

    private TokenDigest digest(String line, int start) {
        for (int at = start; at < line.length(); at += BLOCK) {
            int length = Math.min(BLOCK, line.length() - at);
            line.getChars(at, at + length, chars, 0);
            from.clear().limit(length);
            to.clear();
            latin1.reset().encode(from, to, true);
            sha256.update(bytes, 0, to.position());
        }
        try {
            sha256.digest(bytes, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new AssertionError("a hash of SHA-256 has 32 bytes", e);
        }
        TokenDigest digest = TokenDigest.of(to.clear());
        // nothing of a token stays behind
        Arrays.fill(chars, '\0');
        Arrays.fill(bytes, (byte) 0);
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
