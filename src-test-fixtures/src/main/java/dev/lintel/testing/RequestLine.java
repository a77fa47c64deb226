package dev.lintel.testing;

/** The shape of a request line (RFC 9112, section 3). */
final class RequestLine {

    private RequestLine() {}

    /** A token, a space, a target of visible ASCII, a space, HTTP/1.1 or HTTP/1.0; anything else is a violation. */
    static void check(String line) throws ProtocolViolation {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        boolean shaped = first > 0 && last > first + 1;
        for (int i = 0; shaped && i < first; i++) {
            shaped = HeaderLines.isTokenChar(line.charAt(i));
        }
        for (int i = first + 1; shaped && i < last; i++) {
            shaped = line.charAt(i) > ' ' && line.charAt(i) < 0x7f;
        }
        String version = line.substring(last + 1);
        if (!shaped || !(version.equals("HTTP/1.1") || version.equals("HTTP/1.0"))) {
            throw new ProtocolViolation("request line: " + line + " (expected: method target HTTP/1.x)");
        }
    }
}
