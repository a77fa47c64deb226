package dev.lintel;

import dev.lintel.option.Problems;
import dev.lintel.request.FieldCondition;
import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks routes against each other and against the upstreams. */
final class RouteChecks {

    private RouteChecks() {}

    /**
     * Checks what can be checked.
     *
     * @param broken routes that could not be built, whose names and destinations count nevertheless
     */
    static void check(
            List<Route> routes,
            List<RouteBuilder> broken,
            Set<String> upstreams,
            @Nullable Destination otherwise,
            Problems problems) {
        Set<String> names = new HashSet<>();
        Map<String, List<Route>> byShape = new HashMap<>();
        for (Route route : routes) {
            String option = "routes." + route.name();
            problems.require(names.add(route.name()), option, "given twice", "each name once");
            checkUpstream(option + ".to", route.destination(), upstreams, problems);
            for (Route rival : byShape.computeIfAbsent(route.matcher().shape(), shape -> new ArrayList<>())) {
                boolean ambiguous =
                        rival.priority() == route.priority() && rival.matcher().isAmbiguousWith(route.matcher());
                problems.require(
                        !ambiguous,
                        option,
                        "ambiguous with routes." + rival.name() + " on " + route.path(),
                        "different requests, or different priorities");
            }
            byShape.get(route.matcher().shape()).add(route);
        }
        for (RouteBuilder route : broken) {
            String option = "routes." + route.name();
            problems.require(names.add(route.name()), option, "given twice", "each name once");
            checkUpstream(option + ".to", route.destination(), upstreams, problems);
        }
        if (otherwise != null) {
            checkUpstream("otherwise", otherwise, upstreams, problems);
        }
        problems.require(!names.isEmpty() || otherwise != null, "routes", "none", "at least one route");
    }

    /**
     * Checks that no route is chosen by a field of the gateway's. Conditions are met by what the client sent, before any
     * filter has spoken, so it would be the client who chooses.
     */
    static void checkConditions(List<Route> routes, HeaderSelector owned, Problems problems) {
        for (Route route : routes) {
            for (FieldCondition condition : route.matcher().conditions()) {
                problems.require(
                        condition.kind() != FieldCondition.Kind.HEADER || !owned.matches(condition.name()),
                        "routes." + route.name() + ".header",
                        condition.name(),
                        "a field that does not belong to the gateway");
            }
        }
    }

    private static void checkUpstream(
            String option, @Nullable Destination to, Set<String> upstreams, Problems problems) {
        if (to instanceof Destination.ToUpstream upstream) {
            problems.require(
                    upstreams.contains(upstream.name()),
                    option,
                    upstream.name(),
                    "one of the upstreams " + upstreams.stream().sorted().toList());
        }
    }
}
