package dev.lintel.request;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern over decoded path segments: {@code /users}, {@code /users/{id}}, {@code /users/*}, {@code /files/**}.
 *
 * <p>A literal matches itself, a variable or {@code *} one segment, a final {@code **} any number of segments, also
 * none. {@code /files/**} matches {@code /files}, {@code /files/} and everything below; {@code /a} does not match
 * {@code /a/}. Immutable and thread-safe.
 */
public final class PathPattern {

    /**
     * One segment of a pattern.
     *
     * @param kind what it matches
     * @param text the literal, or the variable's name; empty for {@code *} and {@code **}
     */
    public record Segment(Kind kind, String text) {}

    /** What a segment of a pattern matches, the more specific first. */
    public enum Kind {
        /** One segment that equals the text. */
        LITERAL,
        /** Any one segment. */
        VARIABLE,
        /** The rest of the path. */
        REST
    }

    private final String text;
    private final List<Segment> segments;
    private final boolean trailingSlash;

    private PathPattern(String text, List<Segment> segments, boolean trailingSlash) {
        this.text = text;
        this.segments = segments;
        this.trailingSlash = trailingSlash;
    }

    /**
     * Parses a pattern.
     *
     * @param text begins with {@code /}; literals are written decoded
     * @return the pattern
     * @throws IllegalArgumentException if it is not a pattern; the message says what was expected
     */
    public static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw wrong(text, "a pattern that begins with /");
        }
        if (text.equals("/")) {
            return new PathPattern(text, List.of(), true);
        }
        String[] parts = text.substring(1).split("/", -1);
        boolean trailing = parts[parts.length - 1].isEmpty();
        List<Segment> segments = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length - (trailing ? 1 : 0); i++) {
            Segment segment = segment(text, parts[i]);
            if (segment.kind() == Kind.REST && i < parts.length - 1) {
                throw wrong(text, "** only as the last segment");
            }
            if (!segment.text().isEmpty() && segment.kind() == Kind.VARIABLE && segments.contains(segment)) {
                throw wrong(text, "each variable once");
            }
            segments.add(segment);
        }
        return new PathPattern(text, List.copyOf(segments), trailing);
    }

    /** The pattern as it was written. */
    public String text() {
        return text;
    }

    /** Its segments. */
    public List<Segment> segments() {
        return segments;
    }

    /** Whether it matches only paths that end with a slash. */
    public boolean trailingSlash() {
        return trailingSlash;
    }

    /** Whether its last segment is {@code **}. */
    public boolean matchesRest() {
        return !segments.isEmpty() && segments.get(segments.size() - 1).kind() == Kind.REST;
    }

    /** The index of the segment that a variable stands for, or -1. */
    public int indexOf(String variable) {
        return segments.indexOf(new Segment(Kind.VARIABLE, variable));
    }

    /** The pattern without its variables' names: two patterns with the same shape match the same paths. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append('/')
                    .append(
                            switch (segment.kind()) {
                                case LITERAL -> segment.text();
                                case VARIABLE -> "*";
                                case REST -> "**";
                            });
        }
        return trailingSlash ? shape.append('/').toString() : shape.toString();
    }

    /** Whether a path matches; one with a {@linkplain RequestPath#violation() violation} never does. Allocates nothing. */
    public boolean matches(RequestPath path) {
        if (path.violation() != null) {
            return false;
        }
        int fixed = matchesRest() ? segments.size() - 1 : segments.size();
        List<String> actual = path.segments();
        if (actual.size() < fixed
                || !matchesRest() && (actual.size() > fixed || path.trailingSlash() != trailingSlash)) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            Segment segment = segments.get(i);
            if (segment.kind() == Kind.LITERAL && !segment.text().equals(actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static Segment segment(String pattern, String part) {
        if (part.equals("**")) {
            return new Segment(Kind.REST, "");
        }
        if (part.equals("*")) {
            return new Segment(Kind.VARIABLE, "");
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            String name = part.substring(1, part.length() - 1);
            if (!isVariableName(name)) {
                throw wrong(pattern, "variables named with letters, digits, _ and -");
            }
            return new Segment(Kind.VARIABLE, name);
        }
        if (part.isEmpty()) {
            throw wrong(pattern, "no empty segment");
        }
        if (part.equals(".") || part.equals("..")) {
            throw wrong(pattern, "no dot segment");
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if ("*{}%;?#\\".indexOf(c) >= 0 || Character.isISOControl(c)) {
                throw wrong(pattern, "decoded literals, {variable}, * or ** as whole segments");
            }
        }
        return new Segment(Kind.LITERAL, part);
    }

    private static boolean isVariableName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-'));
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException("path: " + text + " (expected: " + expected + ")");
    }
}
