package dev.lintel.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A name for an API key that is no use to anyone who wants to find the key: what callers who were verified by one have for their
 * {@link Caller#credentialHash}. For finding what was counted for a key that somebody presents.
 */
public final class KeyFingerprint {

    private KeyFingerprint() {}

    /** 128 bits, in hexadecimal digits, of the digest of the key's digest (SHA-256). */
    public static String of(String key) {
        return HexFormat.of().formatHex(sha256(sha256(key.getBytes(StandardCharsets.UTF_8))), 0, 16);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            // every Java platform has it (MessageDigest's class comment)
            throw new IllegalStateException(impossible);
        }
    }
}
