package dev.lintel.request;

import org.jspecify.annotations.Nullable;

/** The checks of the header fields of one request, fed one by one. */
final class FieldChecks {

    /*
     * Names that decide where a message ends or whom it is from. A field that merely looks like one of them is read as
     * it by some server or other.
     */
    private static final HeaderSelector FRAMING =
            HeaderSelector.of("Content-Length", "Transfer-Encoding", "Host", "Connection", "Trailer", "Upgrade", "TE");

    /** What HTTP/2 makes malformed (RFC 9113 section 8.2.2); Transfer-Encoding is checked for every version. */
    private static final HeaderSelector OF_CONNECTIONS =
            HeaderSelector.of("Connection", "Keep-Alive", "Proxy-Connection", "Upgrade");

    private final boolean http11;
    private final boolean http2;
    private final boolean underscores;
    private int contentLengths;
    private int transferEncodings;
    private int authorizations;

    FieldChecks(String protocol, boolean underscores) {
        this.http11 = protocol.equals("HTTP/1.1");
        this.http2 = protocol.startsWith("HTTP/2");
        this.underscores = underscores;
    }

    /** The rule that a name breaks, or null. */
    @Nullable
    String name(String name) {
        if (!HeaderSyntax.isName(name)) {
            return "header-name";
        }
        if (!underscores && name.indexOf('_') >= 0) {
            return "underscore-in-header-name";
        }
        return FRAMING.matches(name) && !isExactFraming(name) ? "disguised-header-name" : null;
    }

    /** The rule that one line breaks, or null. */
    @Nullable
    String value(String name, String value) {
        if (!HeaderSyntax.isValue(value)) {
            return "header-value";
        }
        if (http2 && !value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
            // RFC 9113 section 8.2.1: malformed there, and not taken away as in HTTP/1.1
            return "header-value";
        }
        if (http2 && OF_CONNECTIONS.matches(name)) {
            return "connection-field";
        }
        return switch (name.length()) {
            case 6 -> name.equalsIgnoreCase("expect") && !value.equalsIgnoreCase("100-continue") ? "expectation" : null;
            case 10 ->
                name.equalsIgnoreCase("connection") && !ConnectionOptions.areAllowed(value)
                        ? "connection-option"
                        : null;
            case 13 -> name.equalsIgnoreCase("authorization") && authorizations++ > 0 ? "repeated-authorization" : null;
            case 14 -> name.equalsIgnoreCase("content-length") ? contentLength(value) : null;
            case 17 -> name.equalsIgnoreCase("transfer-encoding") ? transferEncoding(value) : null;
            default -> null;
        };
    }

    /** The rule that all lines together break, or null. */
    @Nullable
    String whole() {
        return contentLengths > 0 && transferEncodings > 0 ? "length-and-coding" : null;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private @Nullable String contentLength(String value) {
        boolean digits =
                !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean plain = digits && (value.length() == 1 || value.charAt(0) != '0');
        return contentLengths++ > 0 || !plain ? "content-length" : null;
    }

    private @Nullable String transferEncoding(String value) {
        // unknown to HTTP/1.0 (RFC 9112 section 6.1), forbidden in HTTP/2 (RFC 9113 section 8.2.2)
        if (transferEncodings++ > 0 || !http11) {
            return "transfer-encoding";
        }
        return value.equalsIgnoreCase("chunked") ? null : "transfer-coding";
    }

    private static boolean isExactFraming(String name) {
        for (String exact : FRAMING.patterns()) {
            if (exact.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
