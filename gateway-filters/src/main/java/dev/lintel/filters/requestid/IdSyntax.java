package dev.lintel.filters.requestid;

/** Which ids from outside are kept. */
final class IdSyntax {

    private static final int LONGEST = 128;
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            ALLOWED[c] =
                    c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "._~+/=:-".indexOf(c) >= 0;
        }
    }

    private IdSyntax() {}

    /** Whether an id is short enough and made of nothing that a log, a URL or a header would have to escape. */
    static boolean isAcceptable(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c >= 128 || !ALLOWED[c]) {
                return false;
            }
        }
        return true;
    }
}
