package dev.lintel.filters.requestid;

import dev.lintel.filters.requestid.RequestIdFilter.Generator;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids that do not repeat. They tell requests apart and are no secrets: whoever has seen enough of them may guess
 * others. Thread-safe.
 */
final class IdSource {

    /*
     * A counter, and two bijections of 64 bits keyed once from SecureRandom: so ids of one process differ because the
     * counter does, and those of two processes because the keys do. One atomic operation for an id; no lock, nothing kept
     * per thread (a virtual thread would have to be seeded for every request).
     *
     * For version 7 the counter is the time: 48 bits of milliseconds and 12 of sequence, always increasing (RFC 9562
     * section 6.2, methods 1 and 3). More than 4096 ids in a millisecond, or a clock set back, take from the next ones.
     */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long KEY_HIGH;
    private static final long KEY_LOW;
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final AtomicLong TIMELINE = new AtomicLong();
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static {
        SecureRandom seed = new SecureRandom();
        KEY_HIGH = seed.nextLong();
        KEY_LOW = seed.nextLong();
    }

    private IdSource() {}

    /** The next id, for a request that began at a time in milliseconds since 1970. */
    static String next(Generator generator, long millis) {
        if (generator == Generator.UUIDV7) {
            long moment = moment(millis);
            long high = moment >>> 12 << 16 | 0x7000 | moment & 0xfff;
            return uuid(high, low(moment) >>> 2 | 1L << 63);
        }
        long count = COUNTER.getAndIncrement();
        long high = high(count);
        return generator == Generator.UUID4
                ? uuid(high & ~0xf000L | 0x4000, low(count) >>> 2 | 1L << 63)
                : hex(high, low(count));
    }

    private static long moment(long millis) {
        long now = millis << 12;
        while (true) {
            long last = TIMELINE.get();
            long next = Math.max(now, last + 1);
            if (TIMELINE.compareAndSet(last, next)) {
                return next;
            }
        }
    }

    /** David Stafford's mixer 13, over a Weyl sequence. */
    private static long high(long count) {
        long z = count * GOLDEN + KEY_HIGH;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** MurmurHash3's finisher, over another. */
    private static long low(long count) {
        long z = count * GOLDEN ^ KEY_LOW;
        z = (z ^ z >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        return z ^ z >>> 33;
    }

    private static String uuid(long high, long low) {
        byte[] text = new byte[36];
        write(text, 0, high >>> 32, 8);
        text[8] = '-';
        write(text, 9, high >>> 16, 4);
        text[13] = '-';
        write(text, 14, high, 4);
        text[18] = '-';
        write(text, 19, low >>> 48, 4);
        text[23] = '-';
        write(text, 24, low, 12);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static String hex(long high, long low) {
        byte[] text = new byte[32];
        write(text, 0, high, 16);
        write(text, 16, low, 16);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(byte[] text, int at, long bits, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            text[at + i] = HEX[(int) bits & 15];
            bits >>>= 4;
        }
    }
}
