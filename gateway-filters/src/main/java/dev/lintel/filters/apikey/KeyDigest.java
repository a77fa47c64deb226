package dev.lintel.filters.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of an API key, which is all that is kept of one. Immutable and thread-safe. */
final class KeyDigest {

    /** In characters; what is longer is not even hashed. */
    static final int LONGEST_KEY = 512;

    private static final int OCTETS = 32;

    /** Compared with when nothing was found; no key has it, since finding one would break SHA-256. */
    private static final KeyDigest NOBODYS = new KeyDigest(new byte[OCTETS]);

    private final byte[] octets;

    private KeyDigest(byte[] octets) {
        this.octets = octets;
    }

    /** The digest of a key, or null if the text cannot be a key; see {@link #canBeKey}. */
    static @Nullable KeyDigest ofKey(String key) {
        return canBeKey(key) ? new KeyDigest(sha256(key.getBytes(StandardCharsets.US_ASCII))) : null;
    }

    /** The digest written as 64 hexadecimal digits, or null if the text is something else. */
    static @Nullable KeyDigest parse(String hex) {
        if (hex.length() != 2 * OCTETS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        return new KeyDigest(HexFormat.of().parseHex(hex));
    }

    /** Whether a text can be a key: 1 to 512 printable ASCII characters, no space and no comma. */
    static boolean canBeKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c <= ' ' || c > '~' || c == ',') {
                return false;
            }
        }
        return true;
    }

    /** Whether another digest, or nobody's if there is none, is this one; takes the same time whatever the answer. */
    boolean isSame(@Nullable KeyDigest other) {
        return MessageDigest.isEqual(octets, other == null ? NOBODYS.octets : other.octets);
    }

    /** A name for the key that is no use to anyone who wants to find the key or its digest: 128 bits, hexadecimal. */
    String fingerprint() {
        return HexFormat.of().formatHex(sha256(octets), 0, 16);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyDigest digest && Arrays.equals(octets, digest.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Shows nothing of the digest. */
    @Override
    public String toString() {
        return "key digest";
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
