package dev.lintel.request;

/**
 * The options that a {@code Connection} field may name (RFC 9110 section 7.6.1). Others would let a client choose which
 * fields a gateway removes, the gateway's own included. Allocates nothing.
 */
final class ConnectionOptions {

    private static final String[] ALLOWED = {"close", "keep-alive", "upgrade", "te", "http2-settings"};

    private ConnectionOptions() {}

    static boolean areAllowed(String value) {
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            if (!isAllowed(value, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isAllowed(String value, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(value.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return true;
        }
        for (String option : ALLOWED) {
            if (option.length() == to - from && value.regionMatches(true, from, option, 0, option.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
