package dev.lintel.testing;

import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * RSA key pairs for issuers. Making one takes a third of a second, so those of closed issuers are used again, the
 * oldest first and never the last few, so that an issuer that takes another's place has other keys. Thread-safe.
 */
final class RsaPairs {

    private static final int RESTING = 4;
    private static final Deque<KeyPair> RETURNED = new ArrayDeque<>();

    private RsaPairs() {}

    static KeyPair take() {
        synchronized (RETURNED) {
            if (RETURNED.size() > RESTING) {
                return RETURNED.removeFirst();
            }
        }
        return TestKey.newRsaPair();
    }

    static void giveBack(KeyPair pair) {
        synchronized (RETURNED) {
            RETURNED.addLast(pair);
        }
    }
}
