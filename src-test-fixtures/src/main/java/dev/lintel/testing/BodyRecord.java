package dev.lintel.testing;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A body as it arrives: counted and hashed whole, kept up to 4 MiB. Thread-safe. */
final class BodyRecord {

    /** Longer bodies are counted and hashed only. */
    static final int KEPT = 4 * 1024 * 1024;

    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final MessageDigest digest = sha256Digest();
    private long length;

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }

    synchronized void append(byte[] bytes, int count) {
        digest.update(bytes, 0, count);
        boolean fitted = length <= KEPT;
        length += count;
        if (length <= KEPT) {
            kept.write(bytes, 0, count);
        } else if (fitted) {
            // A test of long bodies runs in a small heap.
            kept = new ByteArrayOutputStream(0);
        }
    }

    synchronized long length() {
        return length;
    }

    synchronized byte[] bytes() {
        if (length > KEPT) {
            throw new AssertionError(
                    "body: " + length + " bytes (expected: at most " + KEPT + " to be kept; compare its SHA-256)");
        }
        return kept.toByteArray();
    }

    /** The SHA-256 of what has arrived so far, in lower-case hexadecimal. */
    synchronized String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256: cannot be copied", e);
        }
    }

    synchronized String preview() {
        return length > KEPT ? length + " bytes" : Transcript.of(kept.toByteArray());
    }
}
