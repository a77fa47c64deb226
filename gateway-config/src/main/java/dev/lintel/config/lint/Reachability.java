package dev.lintel.config.lint;

import dev.lintel.Route;
import dev.lintel.config.bind.Binding;
import dev.lintel.config.bind.Place;
import dev.lintel.request.RequestMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Finds routes that no request can meet. A more specific route takes only a part of what a less specific one would have got, so
 * that only a route for the same host and path can take all.
 */
final class Reachability {

    private final Binding binding;
    private final Notes notes;

    Reachability(Binding binding, Notes notes) {
        this.binding = binding;
        this.notes = notes;
    }

    void check(List<Route> routes) {
        Map<String, List<Route>> byShape = new HashMap<>();
        routes.forEach(route -> byShape.computeIfAbsent(route.matcher().shape(), shape -> new ArrayList<>())
                .add(route));
        for (List<Route> rivals : byShape.values()) {
            for (Route route : rivals) {
                rivals.stream()
                        .filter(rival -> takesAll(rival, route))
                        .findFirst()
                        .ifPresent(rival -> tell(route, rival));
            }
        }
    }

    private static boolean takesAll(Route rival, Route route) {
        RequestMatcher wide = rival.matcher();
        RequestMatcher narrow = route.matcher();
        boolean first = rival.priority() > route.priority() && wide.conditionCount() == narrow.conditionCount();
        boolean methods = wide.methods().isEmpty()
                || !narrow.methods().isEmpty() && wide.methods().containsAll(narrow.methods());
        return first
                && methods
                && new HashSet<>(wide.conditions()).equals(new HashSet<>(narrow.conditions()))
                && (wide.clients().isEmpty() || wide.clients().containsAll(narrow.clients()));
    }

    private void tell(Route route, Route rival) {
        Place place = binding.places().get("routes." + route.name());
        if (place != null) {
            notes.note(
                    Lints.UNREACHABLE_ROUTE,
                    place.position(),
                    place.width(),
                    "route '" + route.name() + "' is never reached: route '" + rival.name()
                            + "' with the higher priority" + " takes all of its requests",
                    "other requests, or another priority");
        }
    }
}
