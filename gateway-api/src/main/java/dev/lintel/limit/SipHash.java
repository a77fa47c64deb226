package dev.lintel.limit;

/**
 * One SipHash-2-4 of 128 bits over a sequence of words of eight octets. Not thread-safe.
 *
 * <p>By the paper of Aumasson and Bernstein, "SipHash: a fast short-input PRF", and their later variant with 128 bits. Words
 * in place of octets keep the inner loop short: texts are put in as UTF-16, four units to a word.
 */
final class SipHash {

    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;

    SipHash(long first, long second) {
        v0 = 0x736f6d6570736575L ^ first;
        v1 = 0x646f72616e646f6dL ^ second ^ 0xee;
        v2 = 0x6c7967656e657261L ^ first;
        v3 = 0x7465646279746573L ^ second;
    }

    /** Puts in a word. */
    void word(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
        words++;
    }

    /** Puts in a text with its length before it, so that where one text ends and the next begins makes a difference. */
    void text(String text) {
        int length = text.length();
        word(length);
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            word(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        if (i < length) {
            long last = 0;
            for (int shift = 0; i < length; i++, shift += 16) {
                last |= (long) text.charAt(i) << shift;
            }
            word(last);
        }
    }

    /** Ends the hash; nothing can be put in any more. */
    KeyHash finish() {
        word((words * 8) << 56);
        v2 ^= 0xee;
        fourRounds();
        long low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        fourRounds();
        return new KeyHash(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private void fourRounds() {
        round();
        round();
        round();
        round();
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
