package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.FilterTraits;
import dev.lintel.Route;
import dev.lintel.Stage;
import dev.lintel.filter.Rejections;
import dev.lintel.reject.Rejection;
import dev.lintel.request.ContextPath;
import dev.lintel.request.RequestPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the application sends a request on to, by a forward or an asynchronous dispatch to another path of its own. Who may come there is
 * decided as if it had been asked for: by the filters that authenticate on the route of that path. Nothing is counted or written anew.
 */
final class OnwardPath {

    private static final Filter[] NONE = {};
    private static final Filter[] NOBODY = {OnwardPath::refuse};

    private OnwardPath() {}

    /** The filters that decide about a dispatch; none where nothing is to be decided. */
    static Filter[] guards(MountedGateway mounted, Exchange exchange, HttpServletRequest request) {
        DispatcherType dispatch = request.getDispatcherType();
        if (dispatch != DispatcherType.FORWARD && dispatch != DispatcherType.ASYNC) {
            return NONE;
        }
        RequestPath path = mounted.admission().parse(ContextPath.remove(request));
        if (path.violation() != null) {
            // which route that is, two parsers could disagree about
            return mounted.gateway().routes().stream().anyMatch(OnwardPath::isGuarded) ? NOBODY : NONE;
        }
        Route route = route(mounted, exchange, request, path);
        return route == null || route.equals(exchange.route()) ? NONE : guards(route);
    }

    private static @Nullable Route route(
            MountedGateway mounted, Exchange exchange, HttpServletRequest request, RequestPath path) {
        // nobody comes there but by a forward
        String first = path.segments().isEmpty() ? "" : path.segments().get(0);
        if (first.equalsIgnoreCase("WEB-INF") || first.equalsIgnoreCase("META-INF")) {
            return null;
        }
        return mounted.table()
                .find(Reception.hostOf(exchange), path, exchange.method(), Reception.conditionsOf(exchange, request));
    }

    private static Filter[] guards(Route route) {
        return route.filters().stream().filter(OnwardPath::authenticates).toArray(Filter[]::new);
    }

    private static boolean isGuarded(Route route) {
        return Arrays.stream(guards(route)).findAny().isPresent();
    }

    private static boolean authenticates(Filter filter) {
        return filter instanceof FilterTraits traits && traits.stage() == Stage.AUTHENTICATION;
    }

    private static void refuse(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
        HttpServletRequest forwarded = (HttpServletRequest) request;
        Exchange exchange = Exchange.of(forwarded);
        if (exchange != null) {
            Rejections.answer(
                    exchange,
                    forwarded,
                    (HttpServletResponse) response,
                    Rejection.client(400, "ambiguous-path", "The request leads to an ambiguous path."));
        }
    }
}
