package dev.lintel.router;

import dev.lintel.Route;
import dev.lintel.request.HostPattern;
import dev.lintel.request.RequestPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Routes compiled for look-up: a tree of path segments for each host pattern, so that the cost grows with the length of
 * the path and not with the number of routes. Immutable and thread-safe.
 *
 * <p>The most specific route wins: exact host before wildcard (the longer domain first) before none; then segments left to
 * right, literal before variable before {@code **}; then the number of conditions; then priority.
 */
public final class RouteTable {

    private final Map<String, RouteNode> exactHosts = new HashMap<>();
    private final Map<String, RouteNode> wildcardHosts = new HashMap<>();
    private final RouteNode anyHost = new RouteNode();

    private RouteTable() {}

    /** Compiles routes, which are known not to be ambiguous. */
    public static RouteTable compile(Collection<Route> routes) {
        RouteTable table = new RouteTable();
        for (Route route : routes) {
            HostPattern host = route.matcher().host();
            RouteNode root = switch (host.kind()) {
                case EXACT -> table.exactHosts.computeIfAbsent(host.name(), name -> new RouteNode());
                case WILDCARD -> table.wildcardHosts.computeIfAbsent(host.name(), name -> new RouteNode());
                case ANY -> table.anyHost;
            };
            root.add(route);
        }
        return table;
    }

    /**
     * The route for a request.
     *
     * @param host the host asked for, in lower case
     * @param path an admissible path
     * @param method the method to match by
     * @param conditions tells whether conditions are met
     * @return the most specific route, or null if none matches
     */
    @Nullable
    Route find(String host, RequestPath path, String method, Conditions conditions) {
        RouteNode exact = exactHosts.isEmpty() ? null : exactHosts.get(host);
        Route route = exact == null ? null : RouteSearch.find(exact, path, 0, method, conditions);
        int dot = wildcardHosts.isEmpty() ? -1 : host.indexOf('.');
        while (route == null && dot >= 0) {
            RouteNode wildcard = wildcardHosts.get(host.substring(dot + 1));
            route = wildcard == null ? null : RouteSearch.find(wildcard, path, 0, method, conditions);
            dot = host.indexOf('.', dot + 1);
        }
        return route != null ? route : RouteSearch.find(anyHost, path, 0, method, conditions);
    }

    /** The same for routes without conditions. */
    public @Nullable Route find(String host, RequestPath path, String method) {
        return find(host, path, method, condition -> false);
    }

    /** The methods of all routes that match a request but for its method, in order; empty if there is none. */
    Set<String> allowed(String host, RequestPath path, Conditions conditions) {
        Set<String> methods = new TreeSet<>(RouteSearch.allowed(anyHost, path, 0, conditions));
        RouteNode exact = exactHosts.get(host);
        if (exact != null) {
            methods.addAll(RouteSearch.allowed(exact, path, 0, conditions));
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            RouteNode wildcard = wildcardHosts.get(host.substring(dot + 1));
            if (wildcard != null) {
                methods.addAll(RouteSearch.allowed(wildcard, path, 0, conditions));
            }
        }
        return methods;
    }
}
