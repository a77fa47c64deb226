package dev.lintel.conformance;

import java.util.function.UnaryOperator;

/** Turns the text of a row into bytes, one for each character. */
final class Escapes {

    private Escapes() {}

    /**
     * Expands {@code %{...}}: {@code %{text*count}} repeats, anything else is looked up.
     *
     * @param lookup gives what a name stands for
     */
    static String expand(String text, UnaryOperator<String> lookup) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (true) {
            int start = text.indexOf("%{", from);
            if (start < 0) {
                return out.append(text, from, text.length()).toString();
            }
            int end = text.indexOf('}', start);
            if (end < 0) {
                throw new IllegalArgumentException("text: " + text + " (expected: } after %{)");
            }
            String inner = text.substring(start + 2, end);
            int star = inner.lastIndexOf('*');
            out.append(text, from, start);
            out.append(
                    star < 0
                            ? lookup.apply(inner)
                            : inner.substring(0, star).repeat(Integer.parseInt(inner.substring(star + 1))));
            from = end + 1;
        }
    }

    /** Resolves {@code \r \n \t \0 \\ \xHH}; other characters must be printable ASCII. */
    static String resolve(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("text: " + text + " (expected: printable ASCII and escapes)");
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            switch (text.charAt(at++)) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case '0' -> out.append('\0');
                case '\\' -> out.append('\\');
                case 'x' -> {
                    out.append((char) Integer.parseInt(text.substring(at, at + 2), 16));
                    at += 2;
                }
                default ->
                    throw new IllegalArgumentException("text: " + text + " (expected: \\r \\n \\t \\0 \\\\ \\xHH)");
            }
        }
        return out.toString();
    }

    /** The other way round, for reports; long texts are cut in the middle. */
    static String show(String latin1) {
        String text = latin1.length() <= 1500
                ? latin1
                : latin1.substring(0, 700) + " ...[" + (latin1.length() - 1400) + " more]... "
                        + latin1.substring(latin1.length() - 700);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n\n");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        out.append("\\x").append(Character.forDigit(c >> 4 & 15, 16));
                        out.append(Character.forDigit(c & 15, 16));
                    }
                }
            }
        }
        return out.toString();
    }
}
