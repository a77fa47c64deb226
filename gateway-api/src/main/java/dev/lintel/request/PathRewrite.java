package dev.lintel.request;

import java.util.List;

/**
 * How the path that an upstream sees is made from the one received. Works on raw text, so that percent-encoding passes as
 * it came. Immutable and thread-safe.
 *
 * <table>
 * <caption>What becomes of slashes, for the pattern {@code /api/**}</caption>
 * <tr><th>received</th><th>{@code none}</th><th>{@code stripPrefix("/api")}</th><th>{@code template("/v2/**")}</th></tr>
 * <tr><td>{@code /api}</td><td>{@code /api}</td><td>{@code /}</td><td>{@code /v2}</td></tr>
 * <tr><td>{@code /api/}</td><td>{@code /api/}</td><td>{@code /}</td><td>{@code /v2/}</td></tr>
 * <tr><td>{@code /api/a}</td><td>{@code /api/a}</td><td>{@code /a}</td><td>{@code /v2/a}</td></tr>
 * <tr><td>{@code /api/a/}</td><td>{@code /api/a/}</td><td>{@code /a/}</td><td>{@code /v2/a/}</td></tr>
 * </table>
 */
public sealed interface PathRewrite {

    /**
     * Makes the new path.
     *
     * @param path an admissible path that the pattern matches
     * @param pattern the route's pattern
     * @return the raw new path, beginning with {@code /}
     */
    String apply(RequestPath path, PathPattern pattern);

    /**
     * What is wrong with using this rewrite on a route with a pattern.
     *
     * @return the rule that is broken, or an empty text
     */
    default String conflictWith(PathPattern pattern) {
        return "";
    }

    /** Leaves the path as it is. */
    static PathRewrite none() {
        return new None();
    }

    /**
     * Removes leading segments.
     *
     * @param prefix literal segments, such as {@code /api}, with which the route's pattern begins
     * @throws IllegalArgumentException if it is not literal segments without a trailing slash
     */
    static PathRewrite stripPrefix(String prefix) {
        return new StripPrefix(PathPattern.parse(prefix));
    }

    /**
     * Sends every request to one path.
     *
     * @param path a raw path
     * @throws IllegalArgumentException if it is not an admissible path
     */
    static PathRewrite setPath(String path) {
        return new SetPath(path.isEmpty() ? "/" : path);
    }

    /**
     * Builds a path from the pattern's variables: {@code /v2/people/{id}}; a final {@code **} stands for what the
     * pattern's {@code **} matched.
     *
     * @param template a pattern without {@code *}
     * @throws IllegalArgumentException if it is not one
     */
    static PathRewrite template(String template) {
        return new Template(PathPattern.parse(template));
    }

    /** See {@link #none()}. */
    record None() implements PathRewrite {
        @Override
        public String apply(RequestPath path, PathPattern pattern) {
            return path.raw();
        }

        @Override
        public String toString() {
            return "none";
        }
    }

    /** See {@link #stripPrefix}. */
    record StripPrefix(PathPattern prefix) implements PathRewrite {
        /** Checks that the prefix is literal. */
        public StripPrefix {
            boolean literal = prefix.segments().stream().allMatch(s -> s.kind() == PathPattern.Kind.LITERAL);
            if (!literal || prefix.trailingSlash()) {
                throw new IllegalArgumentException("stripPrefix: " + prefix
                        + " (expected: literal segments such as /api, without a trailing slash)");
            }
        }

        @Override
        public String apply(RequestPath path, PathPattern pattern) {
            return RawTail.after(path, prefix.segments().size(), "/");
        }

        @Override
        public String conflictWith(PathPattern pattern) {
            List<PathPattern.Segment> own = prefix.segments();
            List<PathPattern.Segment> others = pattern.segments();
            boolean begins =
                    others.size() >= own.size() && others.subList(0, own.size()).equals(own);
            return begins ? "" : "a prefix with which the route's path " + pattern + " begins";
        }

        @Override
        public String toString() {
            return prefix.text();
        }
    }

    /** See {@link #setPath}. */
    record SetPath(String path) implements PathRewrite {
        /** Checks that the path could be a request's. */
        public SetPath {
            String violation =
                    path.isEmpty() ? "empty" : RequestPath.parse(path).violation();
            if (violation != null) {
                throw new IllegalArgumentException("setPath: " + path + " (expected: a path; " + violation + ")");
            }
        }

        @Override
        public String apply(RequestPath ignored, PathPattern pattern) {
            return path;
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** See {@link #template}. */
    record Template(PathPattern template) implements PathRewrite {
        /** Checks that what is literal can be sent as it is, and that every variable has a name. */
        public Template {
            for (PathPattern.Segment segment : template.segments()) {
                boolean usable = switch (segment.kind()) {
                    case LITERAL -> RequestPath.parse("/" + segment.text()).violation() == null;
                    case VARIABLE -> !segment.text().isEmpty();
                    case REST -> true;
                };
                if (!usable) {
                    throw new IllegalArgumentException(
                            "rewritePath: " + template + " (expected: path characters, {variable} and a final **)");
                }
            }
        }

        @Override
        public String apply(RequestPath path, PathPattern pattern) {
            StringBuilder made =
                    new StringBuilder(path.raw().length() + template.text().length());
            for (PathPattern.Segment segment : template.segments()) {
                switch (segment.kind()) {
                    case LITERAL -> made.append('/').append(segment.text());
                    case VARIABLE -> made.append('/').append(path.rawSegments().get(pattern.indexOf(segment.text())));
                    case REST ->
                        made.append(RawTail.after(path, pattern.segments().size() - 1, ""));
                }
            }
            if (template.trailingSlash()) {
                made.append('/');
            }
            return made.isEmpty() ? "/" : made.toString();
        }

        @Override
        public String conflictWith(PathPattern pattern) {
            for (PathPattern.Segment segment : template.segments()) {
                if (segment.kind() == PathPattern.Kind.VARIABLE && pattern.indexOf(segment.text()) < 0) {
                    return "only variables of the route's path " + pattern + ", which has no {" + segment.text() + "}";
                }
            }
            boolean rest = template.matchesRest() && !pattern.matchesRest();
            return rest ? "** only if the route's path " + pattern + " ends with **" : "";
        }

        @Override
        public String toString() {
            return template.text();
        }
    }
}
