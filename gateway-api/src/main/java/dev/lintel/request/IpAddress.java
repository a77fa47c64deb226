package dev.lintel.request;

import org.jspecify.annotations.Nullable;

/**
 * An IP address as 128 bits. IPv4 and IPv4-mapped IPv6 addresses are the same value; a zone id is ignored. Never asks the
 * DNS. Immutable and thread-safe.
 *
 * @param high the first eight octets
 * @param low the last eight octets
 */
public record IpAddress(long high, long low) {

    private static final long MAPPED = 0xffff_0000_0000L;

    /**
     * Parses a literal: dotted decimal without leading zeros, or RFC 4291 text, with or without a zone id.
     *
     * @param text the literal, without brackets or port
     * @return the address, or null if the text is not one
     */
    public static @Nullable IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long v4 = v4(text, 0, text.length());
            return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
        }
        int zone = text.indexOf('%');
        return v6(zone < 0 ? text : text.substring(0, zone));
    }

    /** Whether this is an IPv4 address, written either way. */
    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /**
     * The address with all but its leading bits set to zero.
     *
     * @param bits how many leading bits to keep: 0 to 32 for IPv4, 0 to 128 for IPv6
     */
    public IpAddress prefix(int bits) {
        int keep = isV4() ? bits + 96 : bits;
        long keptHigh = keep >= 64 ? high : keep == 0 ? 0 : high & -1L << 64 - keep;
        long keptLow = keep >= 128 ? low : keep <= 64 ? 0 : low & -1L << 128 - keep;
        return new IpAddress(keptHigh, keptLow);
    }

    /** Dotted decimal, or the form of RFC 5952 without zero compression when there is nothing to compress. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(40);
        if (isV4()) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append(low >>> shift & 0xff).append(shift == 0 ? "" : ".");
            }
            return text.toString();
        }
        int zeros = longestZeroRun();
        int start = zeros >>> 8;
        int length = zeros & 0xff;
        for (int i = 0; i < 8; i++) {
            if (length > 1 && i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 48 - (index & 3) * 16) & 0xffff;
    }

    /** The first longest run of zero groups, as start in the high and length in the low byte. */
    private int longestZeroRun() {
        int best = 0;
        int bestLength = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            length = group(i) == 0 ? length + 1 : 0;
            if (length > bestLength) {
                bestLength = length;
                best = i - length + 1;
            }
        }
        return best << 8 | bestLength;
    }

    private static long v4(String text, int from, int to) {
        long address = 0;
        int octets = 0;
        int i = from;
        while (i < to) {
            int start = i;
            int octet = 0;
            while (i < to && i - start < 4 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                octet = octet * 10 + text.charAt(i++) - '0';
            }
            boolean leadingZero = i - start > 1 && text.charAt(start) == '0';
            if (i == start || octet > 255 || leadingZero || ++octets > 4) {
                return -1;
            }
            address = address << 8 | octet;
            if (i < to && (text.charAt(i++) != '.' || i == to)) {
                return -1;
            }
        }
        return octets == 4 ? address : -1;
    }

    private static @Nullable IpAddress v6(String text) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gap = 0;
            i = 2;
        }
        while (i < text.length()) {
            int stop = text.indexOf(':', i);
            int end = stop < 0 ? text.length() : stop;
            if (stop < 0 && text.indexOf('.', i) > 0) {
                long v4 = v4(text, i, end);
                if (v4 < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) v4 & 0xffff;
                break;
            }
            int group = hexGroup(text, i, end);
            if (group < 0 || count == 8) {
                return null;
            }
            groups[count++] = group;
            i = end;
            if (stop >= 0) {
                i++;
                if (i < text.length() && text.charAt(i) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    i++;
                } else if (i == text.length()) {
                    return null;
                }
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        return of(groups, count, gap);
    }

    private static IpAddress of(int[] groups, int count, int gap) {
        long high = 0;
        long low = 0;
        int skipped = 8 - count;
        for (int i = 0; i < 8; i++) {
            int group;
            if (gap < 0 || i < gap) {
                group = groups[i];
            } else {
                group = i < gap + skipped ? 0 : groups[i - skipped];
            }
            high = i < 4 ? high << 16 | group : high;
            low = i < 4 ? low : low << 16 | group;
        }
        return new IpAddress(high, low);
    }

    private static int hexGroup(String text, int from, int to) {
        if (from == to || to - from > 4) {
            return -1;
        }
        int group = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            group = group << 4 | digit;
        }
        return group;
    }
}
