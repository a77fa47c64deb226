package dev.lintel.request;

import org.jspecify.annotations.Nullable;

/** Checks the query text, which is forwarded byte for byte and never repaired. */
final class QuerySyntax {

    private QuerySyntax() {}

    /** The name of the broken rule, or null. Brackets pass although RFC 3986 reserves them: much of the web sends them. */
    static @Nullable String violation(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%') {
                if (SegmentDecoder.octet(query, i) < 0) {
                    return "broken-escape-in-query";
                }
                i += 2;
            } else if (!PathParser.isPathChar(c) && c != ';' && c != '/' && c != '?' && c != '[' && c != ']') {
                return "illegal-character-in-query";
            }
        }
        return null;
    }
}
