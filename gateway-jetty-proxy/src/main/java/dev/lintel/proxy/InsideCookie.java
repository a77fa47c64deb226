package dev.lintel.proxy;

import org.jspecify.annotations.Nullable;

/**
 * One {@code Set-Cookie} whose {@code Path} leads through the gateway and whose {@code Domain}, if it is the upstream's, is taken
 * away: the cookie then is for the host that the client asked (RFC 6265 section 5.3). All other bytes stay, those of its value in
 * quotes among them.
 */
final class InsideCookie {

    private final InsideReferences inside;
    private final String line;

    InsideCookie(InsideReferences inside, String line) {
        this.inside = inside;
        this.line = line;
    }

    String rewritten() {
        StringBuilder made = null;
        int kept = 0;
        int start = endOfValue();
        while (start < line.length()) {
            int next = line.indexOf(';', start + 1);
            int end = next < 0 ? line.length() : next;
            int equals = line.indexOf('=', start);
            if (equals >= 0 && equals < end) {
                int from = skipBlanks(equals + 1, end);
                int to = skipBlanksBack(from, end);
                String name = line.substring(start + 1, equals).strip();
                String value = line.substring(from, to);
                if (name.equalsIgnoreCase("Domain") && isOwn(value)) {
                    made = (made == null ? new StringBuilder() : made).append(line, kept, start);
                    kept = end;
                } else if (name.equalsIgnoreCase("Path")) {
                    String path = path(value);
                    if (path != null) {
                        made = (made == null ? new StringBuilder() : made)
                                .append(line, kept, from)
                                .append(path);
                        kept = to;
                    }
                }
            }
            start = end;
        }
        return made == null ? line : made.append(line, kept, line.length()).toString();
    }

    /** Where the first attribute's semicolon is: after the closing quote of a value in quotes. */
    private int endOfValue() {
        int equals = line.indexOf('=');
        int semicolon = line.indexOf(';');
        if (semicolon < 0) {
            return line.length();
        }
        if (equals >= 0 && equals < semicolon && equals + 1 < line.length() && line.charAt(equals + 1) == '"') {
            int quote = line.indexOf('"', equals + 2);
            int after = quote < 0 ? -1 : line.indexOf(';', quote);
            return quote < 0 ? semicolon : after < 0 ? line.length() : after;
        }
        return semicolon;
    }

    private boolean isOwn(String domain) {
        return inside.isOwnHost(domain.startsWith(".") ? domain.substring(1) : domain);
    }

    private @Nullable String path(String value) {
        if (!value.startsWith("/")) {
            // the client takes the directory of what it asked for
            return null;
        }
        String outside = inside.outsideOfCookie(value);
        return outside == null || outside.equals(value) ? null : outside;
    }

    private int skipBlanks(int from, int end) {
        int at = from;
        while (at < end && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private int skipBlanksBack(int from, int end) {
        int at = end;
        while (at > from && (line.charAt(at - 1) == ' ' || line.charAt(at - 1) == '\t')) {
            at--;
        }
        return at;
    }
}
