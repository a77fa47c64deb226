package dev.lintel.explain;

import dev.lintel.explain.Step.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an explanation for people. Confined to one call. */
final class ExplanationText {

    private static final String INDENT = "    ";
    private static final int LONGEST_VALUE = 200;

    private final StringBuilder text = new StringBuilder(1024);
    private final Explanation explanation;
    private final Places places;

    ExplanationText(Explanation explanation, Places places) {
        this.explanation = explanation;
        this.places = places;
    }

    @Override
    public String toString() {
        if (text.isEmpty()) {
            request();
            route();
            steps();
            ending(explanation.ending());
        }
        return text.toString();
    }

    private void request() {
        RequestDescription request = explanation.request();
        text.append("request   ").append(request.method()).append(' ');
        printable(explanation.shownTarget());
        text.append('\n').append("          ");
        text.append(request.secure() ? "https " : "http ");
        printable(String.join(" and ", request.values("Host")));
        text.append(", ").append(request.protocol());
        text.append(", from ");
        printable(explanation.client());
        if (!request.peer().equals(explanation.client())) {
            text.append(" by ");
            printable(request.peer());
        }
        text.append(", at ").append(explanation.time()).append('\n');
    }

    private void route() {
        String refused = explanation.refusedAs();
        String taken = explanation.route();
        if (refused != null) {
            text.append("refused   ").append(refused).append('\n');
        }
        if (taken != null) {
            text.append("route     ").append(taken);
            place(explanation.routeElement());
        } else {
            text.append("route     none\n");
        }
        int names = width(explanation.others().stream().map(Candidate::route).toList());
        for (Candidate other : explanation.others()) {
            text.append("  not     ");
            padded(other.route(), names);
            text.append("  ");
            printable(other.detail());
            place(other.element());
        }
        if (explanation.furtherOthers() > 0) {
            text.append("  not     ").append(explanation.furtherOthers()).append(" more, none of them nearer\n");
        }
    }

    private void steps() {
        List<Step> steps = explanation.steps();
        int names = width(steps.stream().map(Step::filter).toList());
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            text.append(i == 0 ? "filters   " : "          ");
            padded(step.filter(), names);
            text.append("  ").append(step.decision().words());
            place(step.element());
            if (step.decision() == Decision.NOT_REACHED) {
                continue;
            }
            for (Step.Change change : step.changes()) {
                line(change.toString());
            }
            for (String remark : step.remarks()) {
                line(remark);
            }
        }
    }

    private void ending(Ending ending) {
        if (ending instanceof Ending.ToUpstream upstream) {
            text.append("upstream  ").append(upstream.upstream());
            place(upstream.element());
            line(upstream.choice());
            for (String remark : upstream.remarks()) {
                line(remark);
            }
            text.append("sends     ").append(upstream.method()).append(' ');
            printable(upstream.shownTarget());
            text.append('\n');
            fields(upstream.fields());
        } else if (ending instanceof Ending.Answered answered) {
            text.append("answer    ");
            printable(answered.toString());
            text.append('\n');
            fields(answered.fields());
        } else if (ending instanceof Ending.ToApplication application) {
            text.append("goes to   the host application\n");
            fields(application.fields());
        } else {
            text.append("ending    ");
            printable(ending.toString());
            text.append('\n');
        }
    }

    private void fields(List<Field> fields) {
        for (Field field : fields) {
            text.append("          ");
            printable(field.toString());
            text.append('\n');
        }
    }

    private void line(String line) {
        text.append("          ").append(INDENT);
        printable(line);
        text.append('\n');
    }

    /** Ends a line, with the place of an element if it is known. */
    private void place(String element) {
        @Nullable String place = element.isEmpty() ? null : places.of(element);
        if (place != null) {
            text.append("  [");
            printable(place);
            text.append(']');
        }
        text.append('\n');
    }

    /** What a request says may try to move a terminal's cursor. */
    private void printable(String anything) {
        int end = Math.min(anything.length(), LONGEST_VALUE);
        for (int i = 0; i < end; i++) {
            char c = anything.charAt(i);
            text.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c);
        }
        if (end < anything.length()) {
            text.append("... (").append(anything.length()).append(" characters)");
        }
    }

    private void padded(String name, int width) {
        printable(name);
        text.append(" ".repeat(Math.max(0, width - name.length())));
    }

    private static int width(List<String> names) {
        return names.stream().mapToInt(String::length).max().orElse(0);
    }
}
