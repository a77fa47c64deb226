package dev.lintel.testing;

import java.util.ArrayList;
import java.util.List;

/** Header or trailer lines in the order in which they were received, each verbatim. Immutable. */
public final class HeaderLines {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    static final HeaderLines NONE = new HeaderLines(List.of());

    private final List<String> lines;

    private HeaderLines(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * Checks each line as RFC 9112, section 5 says: a token, a colon at once, a value without control characters.
     *
     * @throws ProtocolViolation if a line is none
     */
    static HeaderLines parse(List<String> lines) throws ProtocolViolation {
        for (String line : lines) {
            check(line);
        }
        return new HeaderLines(lines);
    }

    private static void check(String line) throws ProtocolViolation {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new ProtocolViolation("header line: " + line + " (expected: name: value)");
        }
        for (int i = 0; i < colon; i++) {
            if (!isTokenChar(line.charAt(i))) {
                throw new ProtocolViolation("header name: " + line.substring(0, colon) + " (expected: a token)");
            }
        }
        for (int i = colon + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < 0x20 && c != '\t') || c == 0x7f) {
                throw new ProtocolViolation("header value: " + line + " (expected: no control character)");
            }
        }
    }

    static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    /** Every line as received, without its line end. */
    public List<String> lines() {
        return lines;
    }

    /** The values of all lines of that name (ASCII case ignored), in order, without the white space around them. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon == name.length() && line.regionMatches(true, 0, name, 0, colon)) {
                values.add(trim(line, colon + 1));
            }
        }
        return values;
    }

    /** Whether there is a line of that name. */
    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    /**
     * The value of the only line of that name.
     *
     * @throws AssertionError if there is none or more than one
     */
    public String one(String name) {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw new AssertionError(name + ": " + values + " (expected: exactly one line) in " + lines);
        }
        return values.get(0);
    }

    /** Whether a list header such as {@code Connection} has that member (ASCII case ignored). */
    boolean lists(String name, String member) {
        for (String value : values(name)) {
            int from = 0;
            while (from <= value.length()) {
                int comma = value.indexOf(',', from);
                int to = comma < 0 ? value.length() : comma;
                if (value.substring(from, to).strip().equalsIgnoreCase(member)) {
                    return true;
                }
                from = to + 1;
            }
        }
        return false;
    }

    private static String trim(String line, int from) {
        int start = from;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
