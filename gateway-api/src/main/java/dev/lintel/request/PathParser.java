package dev.lintel.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits and checks a path in one pass over its characters. */
final class PathParser {

    /** More segments than any resource needs, and few enough that matching them costs nothing worth attacking. */
    private static final int MOST_SEGMENTS = 256;

    private static final String SESSION_ID = ";jsessionid=";

    private static final boolean[] PCHAR = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            PCHAR[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            PCHAR[c] = true;
            PCHAR[c - 32] = true;
        }
        // RFC 3986 section 3.3, without ';' which containers give a meaning of their own
        for (char c : "-._~!$&'()*+,=:@".toCharArray()) {
            PCHAR[c] = true;
        }
    }

    private final String raw;
    private final int end;
    private final List<String> rawSegments = new ArrayList<>(8);
    /** Null as long as they are the raw ones, which most paths' are to their end. */
    private @Nullable List<String> decodedSegments;

    private boolean encodedSlash;

    private PathParser(String raw, int end) {
        this.raw = raw;
        this.end = end;
    }

    static RequestPath parse(String given, boolean ignoreSessionId) {
        String raw = given.isEmpty() ? "/" : given;
        PathParser parser = new PathParser(raw, ignoreSessionId ? withoutSessionId(raw) : raw.length());
        String violation = parser.run();
        if (violation != null) {
            return new RequestPath(raw, List.of(), List.of(), false, false, violation);
        }
        List<String> rawSegments = List.copyOf(parser.rawSegments);
        return new RequestPath(
                raw,
                rawSegments,
                parser.decodedSegments == null ? rawSegments : List.copyOf(parser.decodedSegments),
                raw.charAt(parser.end - 1) == '/',
                parser.encodedSlash,
                null);
    }

    static boolean isPathChar(char c) {
        return c < 128 && PCHAR[c];
    }

    private static int withoutSessionId(String raw) {
        int at = raw.indexOf(SESSION_ID);
        if (at <= 0) {
            return raw.length();
        }
        for (int i = at + SESSION_ID.length(); i < raw.length(); i++) {
            // not looked at any more, but forwarded: so nothing here may have a meaning to anybody
            if (!isPathChar(raw.charAt(i))) {
                return raw.length();
            }
        }
        return at;
    }

    private @Nullable String run() {
        if (raw.charAt(0) != '/') {
            return "not-absolute-path";
        }
        int start = 1;
        while (start < end) {
            int slash = raw.indexOf('/', start);
            int stop = slash < 0 || slash > end ? end : slash;
            String violation = segment(start, stop);
            if (violation != null) {
                return violation;
            }
            start = stop + 1;
        }
        return null;
    }

    private @Nullable String segment(int start, int stop) {
        if (start == stop) {
            return "empty-segment";
        }
        if (rawSegments.size() == MOST_SEGMENTS) {
            return "too-many-segments";
        }
        boolean escaped = false;
        for (int i = start; i < stop; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                escaped = true;
            } else if (!isPathChar(c)) {
                return nameOf(c);
            }
        }
        String text = raw.substring(start, stop);
        String decoded = text;
        if (escaped) {
            SegmentDecoder decoder = new SegmentDecoder(text);
            String violation = decoder.decode();
            if (violation != null) {
                return violation;
            }
            decoded = decoder.decoded();
            encodedSlash |= decoder.sawSlash();
        }
        if (hasDotSegment(decoded)) {
            return "dot-segment";
        }
        List<String> others = decodedSegments;
        if (escaped && others == null) {
            others = new ArrayList<>(rawSegments);
            decodedSegments = others;
        }
        rawSegments.add(text);
        if (others != null) {
            others.add(decoded);
        }
        return null;
    }

    /** Whether a decoded segment is, or hides between decoded slashes, a dot segment. */
    private static boolean hasDotSegment(String decoded) {
        if (decoded.charAt(0) != '.' && decoded.indexOf('/') < 0) {
            return false;
        }
        int from = 0;
        while (true) {
            int slash = decoded.indexOf('/', from);
            int to = slash < 0 ? decoded.length() : slash;
            int length = to - from;
            if (length == 1 && decoded.charAt(from) == '.'
                    || length == 2 && decoded.charAt(from) == '.' && decoded.charAt(from + 1) == '.') {
                return true;
            }
            if (slash < 0) {
                return false;
            }
            from = slash + 1;
        }
    }

    private static String nameOf(char c) {
        return switch (c) {
            case ';' -> "path-parameter";
            case '\\' -> "backslash";
            case '#' -> "fragment";
            default -> c < ' ' || c == 0x7f ? "control-character" : c > 0x7f ? "not-ascii" : "illegal-character";
        };
    }
}
