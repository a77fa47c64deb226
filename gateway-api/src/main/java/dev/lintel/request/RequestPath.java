package dev.lintel.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request, parsed once from the raw text of the target. Routing, authorisation, limits, log and the
 * upstream's URL all use this one value, so that none of them can read the path differently from another.
 *
 * <p>A path that two programs could read differently is not repaired but {@linkplain #violation() named}: dot segments,
 * empty segments, {@code ;}, encoded slashes, backslashes, control bytes, broken or doubled escapes, bytes outside RFC
 * 3986. A trailing slash is not an empty segment. Immutable and thread-safe.
 */
public final class RequestPath {

    private final String raw;
    private final List<String> rawSegments;
    private final List<String> segments;
    private final boolean trailingSlash;
    private final boolean encodedSlash;
    private final @Nullable String violation;

    RequestPath(
            String raw,
            List<String> rawSegments,
            List<String> segments,
            boolean trailingSlash,
            boolean encodedSlash,
            @Nullable String violation) {
        this.raw = raw;
        this.rawSegments = rawSegments;
        this.segments = segments;
        this.trailingSlash = trailingSlash;
        this.encodedSlash = encodedSlash;
        this.violation = violation;
    }

    /**
     * Parses a path.
     *
     * @param raw the raw path, without query, without the context path; an empty one is {@code /}
     * @return the path; check {@link #violation()} before anything else
     */
    public static RequestPath parse(String raw) {
        return PathParser.parse(raw, false);
    }

    /**
     * Parses a path, ignoring a trailing {@code ;jsessionid=...} of its last segment when matching. The session id may
     * have any character of a path but an escape.
     *
     * @param raw the raw path, without query, without the context path
     * @return the path; {@link #raw()} keeps the session id
     */
    public static RequestPath parseWithSessionId(String raw) {
        return PathParser.parse(raw, true);
    }

    /** The text as it was received, percent-encoding and all. */
    public String raw() {
        return raw;
    }

    /** The segments as received; empty if there is a violation. */
    public List<String> rawSegments() {
        return rawSegments;
    }

    /** The segments with percent-encoding decoded as UTF-8; empty if there is a violation. */
    public List<String> segments() {
        return segments;
    }

    /** Whether the path ends with a slash, as {@code /} does. */
    public boolean trailingSlash() {
        return trailingSlash;
    }

    /** Whether a segment has an encoded slash, which only a route that says so admits. */
    public boolean encodedSlash() {
        return encodedSlash;
    }

    /** The name of the rule that the path breaks, such as {@code dot-segment}, or null if it is admissible. */
    public @Nullable String violation() {
        return violation;
    }

    @Override
    public String toString() {
        return raw;
    }
}
