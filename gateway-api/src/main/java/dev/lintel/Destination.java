package dev.lintel;

import static java.util.Objects.requireNonNull;

import dev.lintel.request.Authority;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.PathRewrite;
import dev.lintel.request.RequestPath;

/** Where a route leads. Immutable and thread-safe. */
public sealed interface Destination {

    /** An upstream by name. */
    static Destination upstream(String name) {
        return new ToUpstream(name);
    }

    /** The application that the router is mounted in front of. */
    static Destination hostApplication() {
        return new HostApplication();
    }

    /**
     * A fixed answer.
     *
     * @param status 200 to 599
     * @param contentType the media type of the body; not sent if the body is empty
     * @param body the text, sent as UTF-8
     */
    static Destination answer(int status, String contentType, String body) {
        return new FixedAnswer(status, contentType, body);
    }

    /**
     * A redirect to a path made from the one received; the query text is kept.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param origin put before the path: scheme and host, such as {@code https://www.example.com}, perhaps with a path;
     *     empty for the same origin and the same context path
     * @param rewrite how the path is made
     */
    static Destination redirect(int status, String origin, PathRewrite rewrite) {
        return new Redirect(status, origin, rewrite);
    }

    /**
     * See {@link #upstream}.
     *
     * @param name the upstream's name
     */
    record ToUpstream(String name) implements Destination {
        /** Checks that the name is not null. */
        public ToUpstream {
            requireNonNull(name, "name");
        }
    }

    /** See {@link #hostApplication}. */
    record HostApplication() implements Destination {}

    /** See {@link #answer}. */
    record FixedAnswer(int status, String contentType, String body) implements Destination {
        /** Checks the status, the type, and that the status allows for a body if there is one. */
        public FixedAnswer {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
            }
            if (!HeaderSyntax.isValue(contentType)) {
                throw new IllegalArgumentException("contentType: not shown (expected: a media type)");
            }
            requireNonNull(body, "body");
            // RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5
            if (!body.isEmpty() && (status == 204 || status == 205 || status == 304)) {
                throw new IllegalArgumentException("body: not shown (expected: none with status " + status + ")");
            }
        }
    }

    /** See {@link #redirect}. */
    record Redirect(int status, String origin, PathRewrite rewrite) implements Destination {
        /** Checks the status and the origin. */
        public Redirect {
            if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
                throw new IllegalArgumentException("status: " + status + " (expected: 301, 302, 303, 307 or 308)");
            }
            if (!origin.isEmpty() && !isOrigin(origin)) {
                throw new IllegalArgumentException(
                        "origin: " + origin + " (expected: empty, or scheme and host without a trailing slash)");
            }
            requireNonNull(rewrite, "rewrite");
        }

        private static boolean isOrigin(String origin) {
            boolean web = origin.startsWith("https://") || origin.startsWith("http://");
            int host = origin.indexOf("://") + 3;
            int path = web ? origin.indexOf('/', host) : -1;
            String authority = web ? origin.substring(host, path < 0 ? origin.length() : path) : "";
            return Authority.parse(authority) != null
                    && (path < 0 || RequestPath.parse(origin.substring(path)).violation() == null)
                    && !origin.endsWith("/");
        }
    }
}
