package dev.lintel.router;

import dev.lintel.Destination;
import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filter.NonWaiting;
import dev.lintel.request.Admission;
import dev.lintel.request.HostPattern;
import dev.lintel.request.RequestMatcher;
import dev.lintel.request.RequestPath;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which requests to a gateway may hold the thread that runs {@link GatewayServlet}, for a server to hand them to a thread that can
 * be held: those to a route with a filter that is not {@link NonWaiting}, or with an answer so long that a client can be slow in
 * taking it. Knows a request by its path alone, so whatever a waiting route might match counts, whichever route it is
 * that does. Immutable and thread-safe.
 */
public final class WaitingRoutes {

    /** What every server takes without asking its client. */
    private static final int SHORT_ANSWER = 2048;

    private final boolean all;
    private final Admission admission;
    private final @Nullable RouteTable table;

    private WaitingRoutes(boolean all, Admission admission, @Nullable RouteTable table) {
        this.all = all;
        this.admission = admission;
        this.table = table;
    }

    /** Those of a gateway. */
    public static WaitingRoutes of(Gateway gateway) {
        List<Route> waiting = new ArrayList<>();
        for (Route route : gateway.routes()) {
            if (mayWait(route.filters()) || isLong(route.destination())) {
                waiting.add(anyRequestTo(route));
            }
        }
        Destination otherwise = gateway.otherwise();
        // no route is a route: its requests run the filters of all
        boolean all = mayWait(gateway.filters())
                || gateway.settings().rejectionWriter().mayWait()
                || otherwise != null && isLong(otherwise);
        return new WaitingRoutes(
                all, new Admission(gateway.admission()), waiting.isEmpty() ? null : RouteTable.compile(waiting));
    }

    /**
     * Whether a request may hold its thread.
     *
     * @param rawPath its path as received, without a context path
     */
    public boolean mayWait(String rawPath) {
        if (all || table == null) {
            return all;
        }
        RequestPath path = admission.parse(rawPath);
        // what is not admissible is refused, and only the filters of all run
        return path.violation() == null && table.find("", path, "GET") != null;
    }

    private static boolean mayWait(List<Filter> filters) {
        for (Filter filter : filters) {
            if (!(filter instanceof NonWaiting marked) || !marked.neverWaits()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLong(Destination destination) {
        return destination instanceof Destination.FixedAnswer answer
                && answer.body().length() > SHORT_ANSWER;
    }

    private static Route anyRequestTo(Route route) {
        return new Route(
                route.name(),
                new RequestMatcher(HostPattern.any(), route.path(), Set.of(), List.of()),
                0,
                List.of(),
                route.destination(),
                route.options());
    }
}
