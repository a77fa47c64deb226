package dev.lintel.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Which octets a usual head is made of. */
final class Octets {

    static final byte CR = '\r';
    static final byte LF = '\n';

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPACES = 0x2020202020202020L;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private static final boolean[] TOKEN = token();

    private Octets() {}

    private static boolean[] token() {
        boolean[] token = new boolean[256];
        for (char c = '!'; c <= '~'; c++) {
            token[c] = Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
        return token;
    }

    /** Where the name ends that begins at an index: the first octet that no token has (RFC 9110 5.6.2), or the limit. */
    static int endOfToken(byte[] octets, int from, int limit) {
        int i = from;
        while (i < limit && TOKEN[octets[i] & 0xFF]) {
            i++;
        }
        return i;
    }

    /** Where the text ends that begins at an index: the first octet that is neither visible nor a space, or the limit. */
    static int endOfText(byte[] octets, int from, int limit) {
        int i = from;
        while (i + Long.BYTES <= limit && isText((long) EIGHT.get(octets, i))) {
            i += Long.BYTES;
        }
        while (i < limit && octets[i] >= ' ' && octets[i] < 0x7F) {
            i++;
        }
        return i;
    }

    /* An octet below a space borrows and one above a tilde carries into its highest bit; a neighbour is spoilt only by one that is found. */
    private static boolean isText(long eight) {
        return ((eight - SPACES | eight + ONES | eight) & HIGHEST_BITS) == 0;
    }
}
