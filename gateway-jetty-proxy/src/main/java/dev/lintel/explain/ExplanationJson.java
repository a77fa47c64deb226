package dev.lintel.explain;

import dev.lintel.reject.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes an explanation for programs (RFC 8259). Confined to one call. */
final class ExplanationJson {

    private final StringBuilder json = new StringBuilder(2048);
    private final Explanation explanation;
    private final Places places;

    ExplanationJson(Explanation explanation, Places places) {
        this.explanation = explanation;
        this.places = places;
    }

    @Override
    public String toString() {
        if (json.isEmpty()) {
            write();
        }
        return json.toString();
    }

    private void write() {
        json.append("{\"request\":{");
        member("method", explanation.request().method());
        member("target", explanation.shownTarget());
        member("protocol", explanation.request().protocol());
        json.append("\"secure\":").append(explanation.request().secure()).append(',');
        member("peer", explanation.request().peer());
        member("client", explanation.client());
        member("time", explanation.time().toString());
        closed('}');
        json.append("\"certain\":").append(explanation.isCertain()).append(',');
        if (explanation.refusedAs() != null) {
            member("refusedAs", explanation.refusedAs());
        }
        member("route", explanation.route());
        place(explanation.routeElement());
        all("others", explanation.others(), this::candidate);
        json.append("\"furtherOthers\":").append(explanation.furtherOthers()).append(',');
        all("filters", explanation.steps(), this::step);
        ending(explanation.ending());
        closed('}');
        json.setLength(json.length() - 1);
    }

    private void candidate(Candidate candidate) {
        member("route", candidate.route());
        member("reason", name(candidate.reason()));
        member("detail", candidate.detail());
        place(candidate.element());
    }

    private void step(Step step) {
        member("filter", step.filter());
        member("decision", name(step.decision()));
        place(step.element());
        all("changes", step.changes(), this::change);
        texts("remarks", step.remarks());
    }

    private void change(Step.Change change) {
        member("change", name(change.kind()));
        member("name", change.field().name());
        if (change.kind().hasValue()) {
            member("value", change.field().shown());
        }
    }

    private void ending(Ending ending) {
        if (ending instanceof Ending.ToUpstream upstream) {
            json.append("\"upstream\":{");
            member("name", upstream.upstream());
            place(upstream.element());
            texts("targets", upstream.targets());
            member("choice", upstream.choice());
            member("method", upstream.method());
            member("target", upstream.shownTarget());
            all("headers", upstream.fields(), this::field);
            texts("remarks", upstream.remarks());
            closed('}');
        } else if (ending instanceof Ending.Answered answered) {
            json.append("\"answer\":{\"status\":").append(answered.status()).append(',');
            if (answered.rule() != null) {
                member("rule", answered.rule());
                member("detail", answered.detail());
            }
            all("headers", answered.fields(), this::field);
            closed('}');
        } else if (ending instanceof Ending.ToApplication application) {
            json.append("\"application\":{");
            all("headers", application.fields(), this::field);
            closed('}');
        } else {
            member("unknown", ending.toString());
        }
    }

    private void field(Field field) {
        member("name", field.name());
        member("value", field.shown());
    }

    private void place(String element) {
        if (!element.isEmpty()) {
            member("element", element);
            String place = places.of(element);
            if (place != null) {
                member("place", place);
            }
        }
    }

    private <T> void all(String name, List<T> elements, Consumer<T> writing) {
        JsonText.appendString(json, name);
        json.append(":[");
        for (T element : elements) {
            json.append('{');
            writing.accept(element);
            closed('}');
        }
        closed(']');
    }

    private void texts(String name, List<String> texts) {
        JsonText.appendString(json, name);
        json.append(":[");
        for (String text : texts) {
            JsonText.appendString(json, text);
            json.append(',');
        }
        closed(']');
    }

    private void member(String name, @Nullable String value) {
        JsonText.appendString(json, name);
        json.append(':');
        if (value == null) {
            json.append("null");
        } else {
            JsonText.appendString(json, value);
        }
        json.append(',');
    }

    /** Ends an object or an array in place of the comma after its last part. */
    private void closed(char end) {
        if (json.charAt(json.length() - 1) == ',') {
            json.setLength(json.length() - 1);
        }
        json.append(end).append(',');
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
