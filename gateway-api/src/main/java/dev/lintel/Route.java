package dev.lintel;

import static java.util.Objects.requireNonNull;

import dev.lintel.request.PathPattern;
import dev.lintel.request.PathRewrite;
import dev.lintel.request.RequestMatcher;
import dev.lintel.request.RequestPath;
import dev.lintel.upstream.AnswerRewrite;
import dev.lintel.upstream.BodyRate;
import dev.lintel.upstream.Timeouts;
import dev.lintel.upstream.WebSockets;
import jakarta.servlet.Filter;
import java.util.List;

/**
 * A matcher, a chain of plain servlet filters, and a destination. Immutable; thread-safe as far as its filters are.
 *
 * @param name unique in a gateway
 * @param matcher which requests it answers
 * @param priority the higher wins between routes that are otherwise equally specific; 0 by default
 * @param filters run in order after the gateway's own
 * @param destination where it leads
 * @param options what else holds for its requests
 */
public record Route(
        String name,
        RequestMatcher matcher,
        int priority,
        List<Filter> filters,
        Destination destination,
        Options options) {

    /**
     * What else holds for a route's requests.
     *
     * @param rewrite how the upstream's path is made
     * @param timeouts how long the upstream is waited for
     * @param maxRequestBody the most bytes of a request's body, 0 for no limit; beyond it 413. Forms for a host application
     *     must have a length then, else 411
     * @param encodedSlashes whether paths may have encoded slashes
     * @param minBodyRate how fast a body has to come that goes to an upstream
     * @param webSockets what holds for its WebSocket connections
     * @param answers what of the upstream's answers is changed so that it leads back here
     */
    public record Options(
            PathRewrite rewrite,
            Timeouts timeouts,
            long maxRequestBody,
            boolean encodedSlashes,
            BodyRate minBodyRate,
            WebSockets webSockets,
            AnswerRewrite answers) {
        /** Checks that no part is null. */
        public Options {
            requireNonNull(rewrite, "rewrite");
            requireNonNull(timeouts, "timeouts");
            requireNonNull(minBodyRate, "minBodyRate");
            requireNonNull(webSockets, "webSockets");
            requireNonNull(answers, "answers");
        }

        /** Options with the defaults for the rest. */
        public Options(PathRewrite rewrite, Timeouts timeouts, long maxRequestBody, boolean encodedSlashes) {
            this(
                    rewrite,
                    timeouts,
                    maxRequestBody,
                    encodedSlashes,
                    BodyRate.DEFAULT,
                    WebSockets.DEFAULT,
                    AnswerRewrite.NONE);
        }
    }

    /** Copies the filters. */
    public Route {
        requireNonNull(name, "name");
        requireNonNull(matcher, "matcher");
        requireNonNull(destination, "destination");
        requireNonNull(options, "options");
        filters = List.copyOf(filters);
    }

    /**
     * Starts the description of a route.
     *
     * @param name letters, digits, {@code -}, {@code _} and {@code .}; unique in a gateway
     */
    public static RouteBuilder named(String name) {
        return new RouteBuilder(name);
    }

    /** The pattern of its paths. */
    public PathPattern path() {
        return matcher.path();
    }

    /**
     * The raw path that the destination sees.
     *
     * @param received an admissible path that the route matches
     */
    public String rewritten(RequestPath received) {
        return options.rewrite().apply(received, matcher.path());
    }

    @Override
    public String toString() {
        return name;
    }
}
