package dev.lintel.limit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hashes keys by SipHash-2-4 with 128 bits and a secret of its own: who does not know the secret can neither find two keys
 * that collide nor tell from a hash whose it is. Immutable and thread-safe.
 */
public final class KeyHasher {

    private final long first;
    private final long second;

    private KeyHasher(long first, long second) {
        this.first = first;
        this.second = second;
    }

    /** With a new random secret: for counts that live and die with this process. */
    public static KeyHasher random() {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        return of(secret);
    }

    /**
     * With a given secret: for counts that several processes share.
     *
     * @param secret 16 octets; copied
     * @throws IllegalArgumentException if there are not 16
     */
    public static KeyHasher of(byte[] secret) {
        if (secret.length != 16) {
            throw new IllegalArgumentException("secret: " + secret.length + " octets (expected: 16)");
        }
        ByteBuffer halves = ByteBuffer.wrap(secret).order(ByteOrder.LITTLE_ENDIAN);
        return new KeyHasher(halves.getLong(), halves.getLong());
    }

    /**
     * A hasher by a secret of its own, made from this one's and a name: what it hashes tells nothing of what others hash, and
     * agrees with nothing of it.
     *
     * @param scope what the keys are for, such as the name of a filter and a limit
     */
    public KeyHasher scoped(String scope) {
        SipHash hash = begin();
        hash.text(scope);
        KeyHash secret = hash.finish();
        return new KeyHasher(secret.high(), secret.low());
    }

    /** Begins a hash. */
    SipHash begin() {
        return new SipHash(first, second);
    }

    /** Shows nothing of the secret. */
    @Override
    public String toString() {
        return "key hasher";
    }
}
