package dev.lintel.reject;

/** Appends JSON strings (RFC 8259 section 7). Everything outside printable ASCII is escaped, so that no reader and no terminal is surprised. */
public final class JsonText {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonText() {}

    /**
     * Appends a quoted JSON string.
     *
     * @param out where it goes
     * @param text any text; a lone surrogate is escaped like any other character
     */
    public static void appendString(StringBuilder out, CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 15])
                        .append(HEX[c >> 4 & 15])
                        .append(HEX[c & 15]);
            }
        }
        out.append('"');
    }
}
