package dev.lintel.router;

import dev.lintel.Route;
import dev.lintel.request.PathPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the tree of path segments. Changed only while the table is being compiled. */
final class RouteNode {

    /** More conditions first, then the higher priority: the first that fits is the most specific. */
    private static final Comparator<Route> MOST_SPECIFIC_FIRST = Comparator.comparingInt(
                    (Route route) -> -route.matcher().conditionCount())
            .thenComparingInt(route -> -route.priority());

    private final Map<String, RouteNode> literals = new HashMap<>();
    private @Nullable RouteNode variable;
    private final List<Route> here = new ArrayList<>(1);
    private final List<Route> hereWithSlash = new ArrayList<>(0);
    private final List<Route> hereAndBelow = new ArrayList<>(0);

    void add(Route route) {
        RouteNode node = this;
        for (PathPattern.Segment segment : route.path().segments()) {
            switch (segment.kind()) {
                case LITERAL -> node = node.literals.computeIfAbsent(segment.text(), text -> new RouteNode());
                case VARIABLE -> node = node.variableChild();
                case REST -> {}
            }
        }
        List<Route> place = route.path().matchesRest()
                ? node.hereAndBelow
                : route.path().trailingSlash() ? node.hereWithSlash : node.here;
        place.add(route);
        place.sort(MOST_SPECIFIC_FIRST);
    }

    @Nullable
    RouteNode literal(String segment) {
        return literals.get(segment);
    }

    @Nullable
    RouteNode variable() {
        return variable;
    }

    /** Routes for a path that ends here, without or with a slash. */
    List<Route> ending(boolean withSlash) {
        return withSlash ? hereWithSlash : here;
    }

    /** Routes for every path that comes through here. */
    List<Route> andBelow() {
        return hereAndBelow;
    }

    private RouteNode variableChild() {
        RouteNode child = variable;
        if (child == null) {
            child = new RouteNode();
            variable = child;
        }
        return child;
    }
}
