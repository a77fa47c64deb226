package dev.lintel.cli;

import dev.lintel.Destination;
import dev.lintel.Route;
import dev.lintel.request.RequestMatcher;

/** Writes what a route matches and where it leads in a line. */
final class MatchText {

    private MatchText() {}

    static String match(RequestMatcher matcher) {
        StringBuilder text = new StringBuilder(matcher.methods().isEmpty() ? "*" : String.join(",", matcher.methods()));
        text.append(' ');
        if (!matcher.host().toString().equals("*")) {
            text.append(matcher.host());
        }
        text.append(matcher.path());
        matcher.conditions().forEach(condition -> text.append(" & ").append(condition));
        if (!matcher.clients().isEmpty()) {
            text.append(" & from ").append(matcher.clients());
        }
        return text.toString();
    }

    static String destination(Route route) {
        Destination destination = route.destination();
        if (destination instanceof Destination.ToUpstream upstream) {
            return upstream.name();
        }
        if (destination instanceof Destination.FixedAnswer answer) {
            return "answer " + answer.status();
        }
        return destination instanceof Destination.Redirect redirect
                ? "redirect " + redirect.status()
                : "the application";
    }
}
