package dev.lintel.router;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.explain.Field;
import dev.lintel.explain.RequestDescription;
import dev.lintel.explain.Secrets;
import dev.lintel.explain.Step.Change;
import dev.lintel.explain.Step.Change.Kind;
import dev.lintel.identity.Caller;
import dev.lintel.request.HeaderSelector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a filter has changed, by what the exchange has before and after it. Confined to its request. */
final class ChangeLog {

    private final Exchange exchange;
    private final RequestDescription description;
    private final Secrets secrets;
    private State before;

    /** What can be changed. */
    private record State(
            List<HeaderField> written,
            Set<String> hidden,
            List<String> parameters,
            @Nullable Caller caller,
            List<HeaderField> answers,
            List<HeaderField> presets,
            List<HeaderField> appended,
            List<HeaderSelector> kept) {}

    ChangeLog(Exchange exchange, RequestDescription description, Secrets secrets) {
        this.exchange = exchange;
        this.description = description;
        this.secrets = secrets;
        this.before = state();
    }

    /** Begins to look. */
    void begin() {
        before = state();
    }

    /** What has changed since then. */
    List<Change> since() {
        State now = state();
        List<Change> changes = new ArrayList<>();
        Caller caller = now.caller();
        if (caller != null && !caller.equals(before.caller())) {
            changes.add(new Change(Kind.FINDS_CALLER, named(caller.subject())));
        }
        fields(Kind.SETS, before.written(), now.written(), changes);
        for (String name : now.hidden()) {
            if (!before.hidden().contains(name) && !writes(now.written(), name)) {
                changes.add(new Change(Kind.REMOVES, named(name)));
            }
        }
        for (String parameter : now.parameters()) {
            if (!before.parameters().contains(parameter)) {
                changes.add(new Change(Kind.HIDES_PARAMETER, named(parameter)));
            }
        }
        fields(Kind.ANSWERS_WITH, before.answers(), now.answers(), changes);
        fields(Kind.ANSWERS_WITH_UNLESS_SAID, before.presets(), now.presets(), changes);
        fields(Kind.ANSWERS_WITH_TOO, before.appended(), now.appended(), changes);
        for (HeaderSelector selector : now.kept()) {
            if (!before.kept().contains(selector)) {
                changes.add(new Change(Kind.KEEPS_FROM_CLIENT, named(selector.toString())));
            }
        }
        return changes;
    }

    private void fields(Kind kind, List<HeaderField> earlier, List<HeaderField> now, List<Change> changes) {
        for (HeaderField field : now) {
            if (!earlier.contains(field)) {
                changes.add(new Change(kind, secrets.field(field.name(), field.value())));
            }
        }
    }

    private static boolean writes(List<HeaderField> written, String name) {
        return written.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    private static Field named(String name) {
        return new Field(name, "", "");
    }

    private State state() {
        Set<String> hidden = new LinkedHashSet<>();
        for (HeaderField field : description.headers()) {
            if (exchange.requestHeaders().hides(field.name())) {
                hidden.add(field.name());
            }
        }
        return new State(
                List.copyOf(exchange.requestHeaders().written()),
                hidden,
                List.copyOf(exchange.hiddenQueryParameters()),
                exchange.caller(),
                List.copyOf(exchange.responseHeaders().written()),
                List.copyOf(exchange.responseHeaders().presets()),
                List.copyOf(exchange.responseHeaders().appended()),
                List.copyOf(exchange.responseHeaders().removed()));
    }
}
