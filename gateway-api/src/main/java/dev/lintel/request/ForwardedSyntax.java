package dev.lintel.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the entries of {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239). */
final class ForwardedSyntax {

    private ForwardedSyntax() {}

    /** The address in an entry, with or without port and brackets; null for {@code unknown}, an obfuscated name or garbage. */
    static @Nullable IpAddress address(String entry) {
        String text = entry.strip();
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            boolean clean = close > 0 && (close + 1 == text.length() || isPort(text, close + 1));
            return clean ? IpAddress.parse(text.substring(1, close)) : null;
        }
        int colon = text.indexOf(':');
        if (colon >= 0 && colon == text.lastIndexOf(':')) {
            return isPort(text, colon) ? IpAddress.parse(text.substring(0, colon)) : null;
        }
        return IpAddress.parse(text);
    }

    /**
     * The {@code for} parameters of one line, an empty text for an element without one. A line that is not well-formed
     * counts as one element that says nothing, so that it ends the walk.
     */
    static List<String> forParameters(String line) {
        List<String> found = new ArrayList<>();
        String current = "";
        boolean named = false;
        int i = 0;
        while (i <= line.length()) {
            int end = endOfPair(line, i);
            if (end < 0) {
                return List.of("");
            }
            String pair = line.substring(i, end).strip();
            if (pair.regionMatches(true, 0, "for=", 0, 4)) {
                // each parameter at most once in an element (RFC 7239 section 4)
                current = named ? "" : unquoted(pair.substring(4));
                named = true;
            }
            if (end == line.length() || line.charAt(end) == ',') {
                found.add(current);
                current = "";
                named = false;
            }
            i = end + 1;
        }
        return found;
    }

    /** The place of the next {@code ;} or {@code ,} outside quotes, the end of the line, or -1 for an open quote. */
    private static int endOfPair(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == ',')) {
                return i;
            }
        }
        return quoted ? -1 : line.length();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isPort(String text, int colon) {
        if (text.charAt(colon) != ':' || colon + 1 == text.length() || text.length() - colon > 6) {
            return false;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
