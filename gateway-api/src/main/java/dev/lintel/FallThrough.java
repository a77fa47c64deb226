package dev.lintel;

import dev.lintel.request.HostPattern;
import dev.lintel.request.PathPattern;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of routes that are protected for some methods only, while the other methods on the same paths are answered by a less
 * specific route without that protection: a method is a condition and not a part of the path.
 */
final class FallThrough {

    /** Routes by their first segment; under the empty text those that begin with anything. */
    private final Map<String, List<Route>> byStart = new HashMap<>();

    private FallThrough(List<Route> routes) {
        for (Route route : routes) {
            byStart.computeIfAbsent(start(route), start -> new ArrayList<>()).add(route);
        }
    }

    static List<String> warnings(List<Route> routes) {
        FallThrough all = new FallThrough(routes);
        List<String> warnings = new ArrayList<>();
        for (Route route : routes) {
            Route open = all.below(route);
            if (open != null) {
                warnings.add("route " + route.name() + ": answers only " + String.join(", ", methods(route)) + " on "
                        + route.path() + ", so that other methods are answered by route " + open.name() + " on "
                        + open.path()
                        + " without the same protection (expected: all methods, or a route for the others)");
            }
        }
        return warnings;
    }

    /** An unprotected route that gets what a protected one does not answer; null if there is none. */
    private @Nullable Route below(Route route) {
        if (methods(route).isEmpty() || guards(route).isEmpty()) {
            return null;
        }
        List<Route> rivals = new ArrayList<>(byStart.getOrDefault("", List.of()));
        if (!start(route).isEmpty()) {
            rivals.addAll(byStart.getOrDefault(start(route), List.of()));
        }
        for (Route other : rivals) {
            if (isOpenBeside(route, other) && meets(route, other) && isReached(route, other, rivals)) {
                return other;
            }
        }
        return null;
    }

    private static boolean isOpenBeside(Route route, Route other) {
        boolean refuses = other.destination() instanceof Destination.FixedAnswer answer && answer.status() >= 400;
        return !refuses && !containsAll(other.filters(), guards(route));
    }

    /** Whether some request for both comes to the other one if the first does not answer its method. */
    private static boolean meets(Route route, Route other) {
        return hosts(route, other) && Overlap.of(route.path(), other.path()) && isLessSpecific(other, route);
    }

    /** Whether a method is left for the other one, past all routes that stand between for every path of the first. */
    private static boolean isReached(Route route, Route other, List<Route> rivals) {
        Set<String> left = new LinkedHashSet<>(methods(other));
        boolean any = left.isEmpty();
        left.removeAll(methods(route));
        for (Route between : rivals) {
            if (between.matcher().conditionCount() == 0 && isLessSpecific(other, between) && covers(between, route)) {
                if (methods(between).isEmpty()) {
                    return false;
                }
                left.removeAll(methods(between));
            }
        }
        return any || !left.isEmpty();
    }

    private static boolean covers(Route wide, Route narrow) {
        HostPattern host = wide.matcher().host();
        HostPattern narrowHost = narrow.matcher().host();
        boolean sameHost = host.equals(narrowHost)
                || host.kind() == HostPattern.Kind.ANY
                || narrowHost.kind() == HostPattern.Kind.EXACT && host.matches(narrowHost.name());
        return sameHost && Overlap.covers(wide.path(), narrow.path());
    }

    private static boolean hosts(Route one, Route other) {
        HostPattern first = one.matcher().host();
        HostPattern second = other.matcher().host();
        if (first.kind() == HostPattern.Kind.EXACT) {
            return second.matches(first.name());
        }
        if (second.kind() == HostPattern.Kind.EXACT) {
            return first.matches(second.name());
        }
        return first.kind() == HostPattern.Kind.ANY
                || second.kind() == HostPattern.Kind.ANY
                || first.name().equals(second.name())
                || first.matches(second.name())
                || second.matches(first.name());
    }

    private static boolean isLessSpecific(Route one, Route other) {
        HostPattern host = one.matcher().host();
        HostPattern otherHost = other.matcher().host();
        if (!host.equals(otherHost)) {
            return host.kind() != otherHost.kind()
                    ? host.kind().compareTo(otherHost.kind()) > 0
                    : host.name().length() < otherHost.name().length();
        }
        int byPath = Overlap.compare(one.path(), other.path());
        int byConditions = other.matcher().conditionCount() - one.matcher().conditionCount();
        return byPath != 0 ? byPath > 0 : byConditions != 0 ? byConditions > 0 : one.priority() < other.priority();
    }

    /** What keeps requests out, as far as it can be told: authentication, and filters that do not say what they are. */
    private static List<Filter> guards(Route route) {
        List<Filter> guards = new ArrayList<>();
        for (Filter filter : route.filters()) {
            Stage stage = filter instanceof FilterTraits traits ? traits.stage() : null;
            if (stage == null || stage == Stage.AUTHENTICATION) {
                guards.add(filter);
            }
        }
        return guards;
    }

    private static boolean containsAll(List<Filter> filters, List<Filter> wanted) {
        return wanted.stream().allMatch(guard -> filters.stream().anyMatch(filter -> filter == guard));
    }

    private static Set<String> methods(Route route) {
        return route.matcher().methods();
    }

    private static String start(Route route) {
        List<PathPattern.Segment> segments = route.path().segments();
        boolean literal = !segments.isEmpty() && segments.get(0).kind() == PathPattern.Kind.LITERAL;
        return literal ? segments.get(0).text() : "";
    }
}
