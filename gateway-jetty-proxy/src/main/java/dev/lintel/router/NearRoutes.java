package dev.lintel.router;

import dev.lintel.Route;
import dev.lintel.explain.Candidate;
import dev.lintel.explain.Candidate.Reason;
import dev.lintel.explain.Secrets;
import dev.lintel.request.FieldCondition;
import dev.lintel.request.HostPattern;
import dev.lintel.request.PathPattern;
import dev.lintel.request.RequestPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tells of routes that a request does not take how far they got, and why no further. Asks the same questions in the same order as
 * {@link RouteSearch}. Confined to one request.
 */
final class NearRoutes {

    private static final int TO_METHOD = 1_000_000;
    private static final int TO_CONDITIONS = 2_000_000;
    private static final int TO_THE_END = 3_000_000;

    private final String host;
    private final RequestPath path;
    private final String method;
    private final Conditions conditions;
    private final @Nullable Route winner;
    private final Secrets secrets;

    NearRoutes(
            String host,
            RequestPath path,
            String method,
            Conditions conditions,
            @Nullable Route winner,
            Secrets secrets) {
        this.host = host;
        this.path = path;
        this.method = method;
        this.conditions = conditions;
        this.winner = winner;
        this.secrets = secrets;
    }

    /** How far a route got; the higher, the nearer. */
    private record Near(Route route, int order, int progress) {}

    /**
     * The nearest routes but the one that is taken.
     *
     * @param most how many, at least one
     */
    List<Candidate> nearest(List<Route> routes, int most) {
        Comparator<Near> farthestFirst = Comparator.comparingInt(Near::progress)
                .thenComparing(Comparator.comparingInt(Near::order).reversed());
        PriorityQueue<Near> nearest = new PriorityQueue<>(farthestFirst);
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (!isWinner(route)) {
                nearest.add(new Near(route, i, progress(route)));
                if (nearest.size() > most) {
                    nearest.remove();
                }
            }
        }
        List<Near> sorted = new ArrayList<>(nearest);
        sorted.sort(farthestFirst.reversed());
        return sorted.stream().map(near -> candidate(near.route())).toList();
    }

    /** By identity: equal routes, of which a gateway has no two, would take long to be found equal. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isWinner(Route route) {
        return route == winner;
    }

    private int progress(Route route) {
        if (!route.matcher().host().matches(host)) {
            return 0;
        }
        if (!route.path().matches(path)) {
            return 1 + fittingSegments(route.path());
        }
        if (!route.matcher().acceptsMethod(method)) {
            return TO_METHOD + fittingSegments(route.path());
        }
        FieldCondition unmet = RouteSearch.unmet(route, conditions);
        if (unmet != null) {
            return TO_CONDITIONS + route.matcher().conditions().indexOf(unmet);
        }
        return RouteSearch.isFromClient(route, conditions)
                ? TO_THE_END + fittingSegments(route.path())
                : TO_CONDITIONS + route.matcher().conditions().size();
    }

    private Candidate candidate(Route route) {
        if (!route.matcher().host().matches(host)) {
            return candidate(
                    route,
                    Reason.HOST,
                    "host is " + shown(host) + ", not " + route.matcher().host());
        }
        if (!route.path().matches(path)) {
            return atPath(route);
        }
        if (!route.matcher().acceptsMethod(method)) {
            return candidate(
                    route,
                    Reason.METHOD,
                    "method is " + method + ", not one of "
                            + String.join(", ", route.matcher().methods()));
        }
        FieldCondition unmet = RouteSearch.unmet(route, conditions);
        if (unmet != null) {
            return atCondition(route, unmet);
        }
        if (!RouteSearch.isFromClient(route, conditions)) {
            return candidate(
                    route,
                    Reason.ADDRESS,
                    "client is not from " + route.matcher().clients());
        }
        return behindWinner(route);
    }

    private Candidate atPath(Route route) {
        PathPattern pattern = route.path();
        List<String> actual = path.segments();
        int fixed = pattern.matchesRest()
                ? pattern.segments().size() - 1
                : pattern.segments().size();
        int fitting = fittingSegments(pattern);
        if (fitting < fixed) {
            String wanted = text(pattern.segments().get(fitting));
            String is = fitting < actual.size() ? "is " + actual.get(fitting) : "is missing";
            return candidate(
                    route, Reason.PATH, "segment " + (fitting + 1) + " " + is + ", not " + wanted + of(pattern));
        }
        if (actual.size() > fixed) {
            return candidate(
                    route,
                    Reason.PATH,
                    "segment " + (fixed + 1) + " is " + actual.get(fixed) + ", but it has only " + fixed + of(pattern));
        }
        return candidate(
                route,
                Reason.TRAILING_SLASH,
                (path.trailingSlash() ? "the path ends with a slash" : "the path does not end with a slash")
                        + of(pattern));
    }

    private Candidate atCondition(Route route, FieldCondition unmet) {
        Reason reason = switch (unmet.kind()) {
            case HEADER -> Reason.HEADER;
            case QUERY -> Reason.QUERY;
            case COOKIE -> Reason.COOKIE;
        };
        String what = unmet.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + unmet.name();
        String value = unmet.value();
        return candidate(
                route,
                reason,
                value == null ? what + " is missing" : what + " is not " + secrets.wanted(unmet.name(), value));
    }

    private Candidate behindWinner(Route route) {
        Route taken = winner;
        if (taken == null) {
            return candidate(route, Reason.LESS_SPECIFIC, "it matches, but the request was refused");
        }
        HostPattern mine = route.matcher().host();
        HostPattern theirs = taken.matcher().host();
        if (!mine.equals(theirs)) {
            return candidate(
                    route, Reason.LESS_SPECIFIC, "host " + mine + " is less specific than " + theirs + than(taken));
        }
        for (int i = 0; i < taken.path().segments().size(); i++) {
            PathPattern.Segment his = taken.path().segments().get(i);
            PathPattern.Segment own =
                    i < route.path().segments().size() ? route.path().segments().get(i) : null;
            if (own == null || own.kind() != his.kind()) {
                return candidate(
                        route,
                        Reason.LESS_SPECIFIC,
                        "segment " + (i + 1) + " " + (own == null ? "is any" : text(own)) + " is less specific than "
                                + text(his) + than(taken));
            }
        }
        int conditionsHere = route.matcher().conditionCount();
        int conditionsThere = taken.matcher().conditionCount();
        if (conditionsHere != conditionsThere) {
            return candidate(
                    route,
                    Reason.LESS_SPECIFIC,
                    "it has " + conditionsHere + " conditions, fewer than " + conditionsThere + than(taken));
        }
        if (route.priority() != taken.priority()) {
            return candidate(
                    route,
                    Reason.PRIORITY,
                    "priority " + route.priority() + " is lower than " + taken.priority() + than(taken));
        }
        return candidate(route, Reason.LESS_SPECIFIC, "it is less specific" + than(taken));
    }

    private int fittingSegments(PathPattern pattern) {
        List<String> actual = path.segments();
        int fixed = pattern.matchesRest()
                ? pattern.segments().size() - 1
                : pattern.segments().size();
        int i = 0;
        while (i < fixed && i < actual.size()) {
            PathPattern.Segment segment = pattern.segments().get(i);
            if (segment.kind() == PathPattern.Kind.LITERAL && !segment.text().equals(actual.get(i))) {
                break;
            }
            i++;
        }
        return i;
    }

    private static String text(PathPattern.Segment segment) {
        return switch (segment.kind()) {
            case LITERAL -> segment.text();
            case VARIABLE -> segment.text().isEmpty() ? "*" : "{" + segment.text() + "}";
            case REST -> "**";
        };
    }

    private static String of(PathPattern pattern) {
        return " (" + pattern.text() + ")";
    }

    private static String than(Route taken) {
        return " of " + taken.name();
    }

    private static String shown(String text) {
        return text.isEmpty() ? "unknown" : text;
    }

    private static Candidate candidate(Route route, Reason reason, String detail) {
        return new Candidate(route.name(), "routes." + route.name(), reason, detail);
    }
}
