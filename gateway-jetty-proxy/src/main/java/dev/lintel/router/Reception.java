package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.proxy.ReceivedLines;
import dev.lintel.reject.Rejection;
import dev.lintel.request.Authority;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a request's head alone what becomes of it before any filter runs: refused, or led to a route. Notes the route in the
 * exchange and has no other effect, so that it decides for requests that are only described, too. Thread-safe.
 */
final class Reception {

    private final MountedGateway mounted;
    private final @Nullable Route otherwise;

    /**
     * Makes it.
     *
     * @param otherwise the route of requests that match no other; null if they are refused
     */
    Reception(MountedGateway mounted, @Nullable Route otherwise) {
        this.mounted = mounted;
        this.otherwise = otherwise;
    }

    /** What becomes of a request. */
    sealed interface Outcome {

        /**
         * It is refused, after the gateway's own filters have run.
         *
         * @param rejection the answer
         * @param early whether its head could not be read, so that only those filters run that need nothing of it
         */
        record Refused(Rejection rejection, boolean early) implements Outcome {}

        /** It asks about the gateway itself. */
        record AboutGateway() implements Outcome {}

        /**
         * It came in clear text, where nobody stays.
         *
         * @param redirect where it is sent
         * @param asked the host that it is for
         */
        record ToHttps(HttpsRedirect redirect, Authority asked) implements Outcome {}

        /**
         * It is led to a route.
         *
         * @param route the route, or what there is for requests that match no other
         */
        record Led(Route route) implements Outcome {}
    }

    /**
     * Decides.
     *
     * @param exchange the facts of the request
     * @param request the request as the container gives it
     * @param asked the host and port that it is for
     */
    Outcome decide(Exchange exchange, HttpServletRequest request, @Nullable Authority asked) {
        Rejection before = LocalAnswers.refusedBefore(request, exchange);
        if (before != null) {
            return new Outcome.Refused(before, true);
        }
        if (LocalAnswers.isAsteriskOptions(exchange)) {
            return new Outcome.AboutGateway();
        }
        Rejection refused = mounted.admission().check(request, exchange.routedPath(), asked, ReceivedLines.of(request));
        if (refused != null) {
            return new Outcome.Refused(refused, false);
        }
        HttpsRedirect redirect = HttpsRedirect.of(request, exchange);
        if (redirect != null && asked != null) {
            return new Outcome.ToHttps(redirect, asked);
        }
        String hostName = hostOf(exchange);
        Conditions conditions = conditionsOf(exchange, request);
        String method = Preflight.methodToMatch(request);
        Route route = mounted.table().find(hostName, exchange.routedPath(), method, conditions);
        if (route == null) {
            var allowed = mounted.table().allowed(hostName, exchange.routedPath(), conditions);
            if (!allowed.isEmpty()) {
                return refused(Rejection.client(405, "method-not-allowed", "The resource does not allow this method.")
                        .withHeader("Allow", String.join(", ", allowed)));
            }
            route = otherwise;
        }
        if (exchange.routedPath().encodedSlash()
                && (route == null || !route.options().encodedSlashes())) {
            return refused(Rejection.client(400, "encoded-slash", "An encoded slash is not allowed in this path."));
        }
        if (route == null) {
            return refused(Rejection.client(404, "no-route", "Nothing is served at this path."));
        }
        exchange.route(route);
        Rejection body = LocalAnswers.body(request, route);
        return body == null ? new Outcome.Led(route) : refused(body);
    }

    private static Outcome refused(Rejection rejection) {
        return new Outcome.Refused(rejection, false);
    }

    /** The host by which routes are looked for. */
    static String hostOf(Exchange exchange) {
        Authority authority = exchange.authority();
        return authority == null ? "" : authority.host();
    }

    /** What a request is asked for by the conditions of routes. */
    static Conditions conditionsOf(Exchange exchange, HttpServletRequest request) {
        return new RequestConditions(request, exchange.client().address());
    }
}
