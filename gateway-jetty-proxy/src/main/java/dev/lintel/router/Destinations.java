package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Exchange;
import dev.lintel.Route;
import dev.lintel.filter.Rejections;
import dev.lintel.reject.Rejection;
import dev.lintel.request.ContextPath;
import dev.lintel.request.HostPattern;
import dev.lintel.request.PathPattern;
import dev.lintel.request.PathRewrite;
import dev.lintel.request.RequestMatcher;
import dev.lintel.upstream.Timeouts;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns destinations into what comes after the last filter. Thread-safe. */
final class Destinations {

    private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

    private final MountedGateway mounted;
    private final @Nullable Route otherwise;
    private final AtomicBoolean toldAboutAsync = new AtomicBoolean();
    private final Terminal upstream = this::toUpstream;

    Destinations(MountedGateway mounted, boolean hostApplicationByDefault) {
        this.mounted = mounted;
        Destination last = mounted.gateway().otherwise();
        if (last == null && hostApplicationByDefault) {
            last = Destination.hostApplication();
        }
        this.otherwise = last == null ? null : catchAll(last);
    }

    /** The route of requests that match no other; null if they are refused. */
    @Nullable
    Route otherwise() {
        return otherwise;
    }

    /** Whether a route is the one of requests that match no other, and not one that is only named so. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOtherwise(Route route) {
        return route == otherwise;
    }

    /** What comes after the filters of a route. */
    Terminal of(Route route, Exchange exchange, HttpServletRequest request, @Nullable Terminal host) {
        Destination destination = route.destination();
        if (destination instanceof Destination.ToUpstream) {
            return LocalAnswers.endsHere(exchange, request) ? options() : upstream;
        }
        if (destination instanceof Destination.FixedAnswer answer) {
            return (facts, from, to) -> write(answer, facts, to);
        }
        if (destination instanceof Destination.Redirect redirect) {
            return (facts, from, to) -> redirect(redirect, route, facts, from, to);
        }
        if (host == null) {
            throw new IllegalStateException("host application: none (expected: checked when mounting)");
        }
        return new HostApplication(host, route, mounted.gateway().forwardedHeadersToHostApplication());
    }

    /** Whether what comes after the filters is an upstream. */
    boolean isUpstream(Terminal terminal) {
        return terminal == upstream;
    }

    /** Answers {@code OPTIONS} about the gateway itself. */
    Terminal options() {
        String methods =
                String.join(", ", new TreeSet<>(mounted.gateway().admission().methods()));
        return (exchange, request, response) -> {
            response.setStatus(204);
            response.setHeader("Allow", methods);
        };
    }

    private void toUpstream(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.isAsyncSupported()) {
            mounted.proxy().service(request, response);
            return;
        }
        if (toldAboutAsync.compareAndSet(false, true)) {
            LOG.error("async-supported: false (expected: true, since routes lead to upstreams; write"
                    + " <async-supported>true</async-supported> into the <servlet> or <filter> of the gateway and of every"
                    + " filter in front of it in web.xml, or call setAsyncSupported(true) on their registrations)");
        }
        Rejections.answer(
                exchange,
                request,
                response,
                Rejection.gateway(500, "async-not-supported", "The gateway is not set up for this; see its log."));
    }

    private static void write(Destination.FixedAnswer answer, Exchange exchange, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.status());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0 || answer.status() == 204 || answer.status() == 304) {
            return;
        }
        response.setContentType(answer.contentType());
        if (exchange.method().equals("HEAD")) {
            response.setContentLength(body.length);
        } else {
            // the container says how long it is when it ends; said here, some would send it now and wait for the client
            // to take it
            response.getOutputStream().write(body);
        }
    }

    private static void redirect(
            Destination.Redirect redirect,
            Route route,
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response) {
        String path = redirect.rewrite().apply(exchange.routedPath(), route.path());
        // routes know nothing of the context path, browsers need it; elsewhere it means nothing
        String origin = redirect.origin().isEmpty() ? ContextPath.of(request) : redirect.origin();
        String query = exchange.routedQuery() == null ? "" : "?" + exchange.routedQuery();
        response.setStatus(redirect.status());
        response.setHeader("Location", origin + path + query);
    }

    private static Route catchAll(Destination destination) {
        return new Route(
                "otherwise",
                new RequestMatcher(HostPattern.any(), PathPattern.parse("/**"), Set.of(), List.of()),
                0,
                List.of(),
                destination,
                new Route.Options(PathRewrite.none(), Timeouts.DEFAULT, 0, false));
    }
}
