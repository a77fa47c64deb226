package dev.lintel.request;

/** The grammar of header fields (RFC 9110 sections 5.1, 5.5 and 5.6.2). Allocates nothing. */
public final class HeaderSyntax {

    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[c - 32] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private HeaderSyntax() {}

    /** Whether a character may stand in a token. */
    public static boolean isTokenChar(char c) {
        return c < 128 && TOKEN[c];
    }

    /** Whether a text is a token, as a field name or a method must be. */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether a text may be sent as a field value: no control character but TAB, nothing beyond one octet. */
    public static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text can be handed to services as one identity: printable ASCII without a comma and a
     * semicolon, so that it can neither split a header nor be read as a list or as a value with parameters, and without
     * surrounding space.
     */
    public static boolean isPlainItem(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == ',' || c == ';') {
                return false;
            }
        }
        return !text.isEmpty() && text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
    }
}
