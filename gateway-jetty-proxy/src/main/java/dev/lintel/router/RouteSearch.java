package dev.lintel.router;

import dev.lintel.Route;
import dev.lintel.request.AddressBlock;
import dev.lintel.request.FieldCondition;
import dev.lintel.request.RequestPath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a tree, the most specific first: at each segment the literal, then the variable, then the rest. Steps
 * back where a branch leads nowhere, also because of method or conditions.
 */
final class RouteSearch {

    private RouteSearch() {}

    /** The most specific route, or null. Allocates nothing unless a candidate has conditions. */
    static @Nullable Route find(RouteNode node, RequestPath path, int depth, String method, Conditions conditions) {
        List<String> segments = path.segments();
        if (depth == segments.size()) {
            Route ending = first(node.ending(path.trailingSlash()), method, conditions);
            return ending != null ? ending : first(node.andBelow(), method, conditions);
        }
        RouteNode literal = node.literal(segments.get(depth));
        if (literal != null) {
            Route route = find(literal, path, depth + 1, method, conditions);
            if (route != null) {
                return route;
            }
        }
        RouteNode variable = node.variable();
        if (variable != null) {
            Route route = find(variable, path, depth + 1, method, conditions);
            if (route != null) {
                return route;
            }
        }
        return first(node.andBelow(), method, conditions);
    }

    /** The methods of every route that matches but for the method; empty if there is none. */
    static Set<String> allowed(RouteNode node, RequestPath path, int depth, Conditions conditions) {
        Set<String> methods = new TreeSet<>();
        List<String> segments = path.segments();
        if (depth == segments.size()) {
            collect(node.ending(path.trailingSlash()), conditions, methods);
        } else {
            RouteNode literal = node.literal(segments.get(depth));
            if (literal != null) {
                methods.addAll(allowed(literal, path, depth + 1, conditions));
            }
            RouteNode variable = node.variable();
            if (variable != null) {
                methods.addAll(allowed(variable, path, depth + 1, conditions));
            }
        }
        collect(node.andBelow(), conditions, methods);
        return methods;
    }

    private static @Nullable Route first(List<Route> candidates, String method, Conditions conditions) {
        for (int i = 0; i < candidates.size(); i++) {
            Route route = candidates.get(i);
            if (route.matcher().acceptsMethod(method) && meetsAll(route, conditions)) {
                return route;
            }
        }
        return null;
    }

    private static void collect(List<Route> candidates, Conditions conditions, Set<String> methods) {
        for (Route route : candidates) {
            if (meetsAll(route, conditions)) {
                methods.addAll(route.matcher().methods());
            }
        }
    }

    private static boolean meetsAll(Route route, Conditions conditions) {
        return unmet(route, conditions) == null && isFromClient(route, conditions);
    }

    /** The first condition that is not met; null if all are. */
    static @Nullable FieldCondition unmet(Route route, Conditions conditions) {
        for (int i = 0; i < route.matcher().conditions().size(); i++) {
            FieldCondition condition = route.matcher().conditions().get(i);
            if (!conditions.meets(condition)) {
                return condition;
            }
        }
        return null;
    }

    /** Whether a request comes from one of the clients that the route is for. */
    static boolean isFromClient(Route route, Conditions conditions) {
        List<AddressBlock> clients = route.matcher().clients();
        return clients.isEmpty() || conditions.comeFrom(clients);
    }
}
