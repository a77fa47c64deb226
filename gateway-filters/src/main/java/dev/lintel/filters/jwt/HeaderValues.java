package dev.lintel.filters.jwt;

import java.util.List;

/**
 * Which claim values may stand in a header field. What could end a field, or be read as two values of a list by whoever
 * parses it, is not escaped but refused: an upstream does not unescape what it does not expect.
 */
final class HeaderValues {

    /** In characters. Longer ones would meet the head limits of upstreams, which answer with errors of their own. */
    static final int MAX_LENGTH = 4096;

    private HeaderValues() {}

    /** Printable ASCII without {@code ,} and {@code ;}, not empty, not beginning or ending with a space. */
    static boolean isSafe(String value) {
        int length = value.length();
        if (length == 0 || length > MAX_LENGTH || value.charAt(0) == ' ' || value.charAt(length - 1) == ' ') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == ',' || c == ';') {
                return false;
            }
        }
        return true;
    }

    /**
     * Joins values with {@code ,}.
     *
     * @throws UnsafeClaim if one of them is not safe, or all together are too long
     */
    static String joined(List<String> values) throws UnsafeClaim {
        for (String value : values) {
            if (!isSafe(value)) {
                throw new UnsafeClaim();
            }
        }
        String joined = String.join(",", values);
        if (joined.length() > MAX_LENGTH) {
            throw new UnsafeClaim();
        }
        return joined;
    }

    /** A verified claim that cannot be passed on as a header field. */
    static final class UnsafeClaim extends Exception {
        UnsafeClaim() {
            super("unsafe claim", null, false, false);
        }
    }
}
