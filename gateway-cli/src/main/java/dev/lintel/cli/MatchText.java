package dev.lintel.cli;

import dev.lintel.Destination;
import dev.lintel.Route;
import dev.lintel.config.report.Printable;
import dev.lintel.explain.Secrets;
import dev.lintel.request.FieldCondition;
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
        matcher.conditions().forEach(condition -> text.append(" & ").append(shown(condition)));
        if (!matcher.clients().isEmpty()) {
            text.append(" & from ").append(matcher.clients());
        }
        return Printable.text(text.toString());
    }

    private static FieldCondition shown(FieldCondition condition) {
        boolean hidden = condition.value() != null && Secrets.isCredentialName(condition.name());
        return hidden ? new FieldCondition(condition.kind(), condition.name(), Secrets.MASK) : condition;
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
