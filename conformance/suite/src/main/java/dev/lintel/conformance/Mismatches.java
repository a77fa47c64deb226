package dev.lintel.conformance;

import dev.lintel.conformance.Outcome.Expected;
import dev.lintel.conformance.Outcome.Fact;
import dev.lintel.conformance.Outcome.Step;
import dev.lintel.testing.RawResponse;
import java.util.ArrayList;
import java.util.List;

/** Compares what happened with one outcome. For one comparison. */
final class Mismatches {

    /** The fields by which destinations know a caller; none of them may come from outside. */
    private static final List<String> IDENTITY = List.of("X-User-ID", "X-User-Role", "X-Consumer-ID");

    private final Row row;
    private final AccessLines log;
    private final List<String> found = new ArrayList<>();

    private Mismatches(Row row, AccessLines log) {
        this.row = row;
        this.log = log;
    }

    /** What is different, one sentence each; empty if nothing is. */
    static List<String> of(Row row, Outcome outcome, Observed observed, List<Seen> seen, AccessLines log) {
        Mismatches mismatches = new Mismatches(row, log);
        mismatches.compare(outcome.steps(), observed, seen);
        return mismatches.found;
    }

    private void compare(List<Step> steps, Observed observed, List<Seen> seen) {
        long answered = steps.stream().filter(step -> !step.unanswered()).count();
        if (observed.answers().size() != answered) {
            found.add("answers: " + observed.answers().size() + " (expected: " + answered + ")");
            return;
        }
        if (observed.bare().isEmpty() == steps.stream().anyMatch(Step::bare)) {
            found.add("answer without a head: '" + Escapes.show(observed.bare()) + "'");
        }
        int answer = 0;
        int request = 0;
        for (Step step : steps) {
            RawResponse response = step.unanswered() ? null : observed.answers().get(answer++);
            if (response != null) {
                answer(step, response);
            }
            Expected expected = step.request();
            if (expected == null || expected.aborted() && request == seen.size()) {
                continue;
            }
            if (request == seen.size()) {
                found.add("destination: nothing (expected: " + expected.line() + ")");
            } else {
                request(expected, seen.get(request++));
            }
        }
        if (request < seen.size()) {
            found.add("destination: " + seen.size() + " requests (expected: " + request + ")");
        }
        if (steps.get(steps.size() - 1).closed() && !observed.closed()) {
            found.add("connection: left open (expected: closed)");
        }
    }

    private void answer(Step step, RawResponse response) {
        if (!step.statuses().contains(response.status())) {
            found.add("status: " + response.status() + " (expected: " + step.statuses() + ")");
        }
        if (step.rule() != null && isByFilters(response) && !response.bodyText().contains(rule(step.rule()))) {
            found.add("rule: " + response.bodyText() + " (expected: " + step.rule() + ")");
        }
        if (response.complete() == step.cut()) {
            found.add("answer complete: " + response.complete() + " (expected: " + !step.cut() + ")");
        }
        Expected request = step.request();
        boolean head = request != null && request.line().startsWith("HEAD ");
        if (response.status() == 200 && request != null && !step.cut() && row.reply() == null) {
            String body = head ? "" : GatewayUnderTest.answerBody(request.line());
            if (!response.bodyText().equals(body)) {
                found.add("answer: " + response.bodyText() + " (expected: " + body + ")");
            }
        }
        if (!step.logged().isEmpty() && isByFilters(response)) {
            String line = String.join("", log.linesOf(response.header("X-Request-Id")));
            step.logged().stream()
                    .filter(text -> !line.contains(text))
                    .forEach(text -> found.add("access log: " + line + " (expected: " + text + ")"));
        }
        step.answerFacts().forEach(fact -> answerFact(fact, response));
    }

    private void answerFact(Fact fact, RawResponse response) {
        switch (fact.kind()) {
            case HAS, LACKS -> {
                List<String> values = response.headers(fact.name());
                check("answer's " + fact.name(), fact, values, values);
            }
            case BODY -> expect("answer's body", fact.value(), response.bodyText());
            case SAME_FIELDS -> {
                Reply reply = row.reply();
                String head = reply == null ? "" : reply.head();
                found.addAll(Fidelity.ofAnswer(Fidelity.fields(head), response.headerLines(), isAnyCase(fact)));
            }
            case INTERIM -> {
                List<String> statuses = response.interim().stream()
                        .map(interim -> String.valueOf(interim.status()))
                        .toList();
                expect("interim answers", fact.value(), statuses.isEmpty() ? "none" : String.join(" ", statuses));
            }
            default -> trailers("answer's", fact, response.trailerLines());
        }
    }

    private void requestFact(Fact fact, Seen seen) {
        switch (fact.kind()) {
            case HAS, LACKS ->
                check("destination's " + fact.name(), fact, seen.values(fact.name()), seen.foldedValues(fact.name()));
            case BODY -> expect("destination's body", fact.value(), seen.body());
            case SAME_FIELDS -> {
                String head = row.sending().latin1();
                int end = head.indexOf("\r\n\r\n");
                List<Seen.Field> sent = Fidelity.fields(head.substring(0, end));
                found.addAll(Fidelity.ofRequest(sent, seen.fields(), isAnyCase(fact)));
            }
            case DROPPED -> {
                if (!seen.dropped()) {
                    found.add("destination: answered (expected: given up before)");
                }
            }
            default -> trailers("destination's", fact, seen.trailers());
        }
    }

    private static boolean isAnyCase(Fact fact) {
        return fact.value().equals("anycase");
    }

    private void trailers(String whose, Fact fact, List<String> lines) {
        String wanted = fact.kind() == Fact.Kind.NO_TRAILER ? "[]" : "[" + fact.name() + ": " + fact.value() + "]";
        expect(whose + " trailers", wanted, lines.toString());
    }

    private void expect(String what, String wanted, String value) {
        if (!value.equals(wanted)) {
            found.add(what + ": " + Escapes.show(value) + " (expected: " + Escapes.show(wanted) + ")");
        }
    }

    private void request(Expected expected, Seen seen) {
        if (!seen.line().equals(expected.line())) {
            found.add("destination: " + seen.line() + " (expected: " + expected.line() + ")");
        }
        if (seen.complete() == expected.aborted()) {
            found.add("destination: request complete: " + seen.complete() + " (expected: " + !expected.aborted() + ")");
        }
        for (String field : IDENTITY) {
            String value = expected.value(field);
            List<String> wanted = value == null ? List.of() : List.of(value);
            if (!seen.foldedValues(field).equals(wanted)) {
                found.add("identity: " + field + " " + seen.foldedValues(field) + " (expected: " + wanted + ")");
            }
        }
        expected.facts().forEach(fact -> requestFact(fact, seen));
    }

    private void check(String what, Fact fact, List<String> values, List<String> foldedValues) {
        boolean right = fact.kind() == Fact.Kind.LACKS
                ? foldedValues.isEmpty()
                : values.size() == 1 && isAs(fact.value(), values.get(0));
        if (!right) {
            String wanted = fact.kind() == Fact.Kind.LACKS ? "none" : fact.value();
            found.add(what + ": " + values + " " + foldedValues + " (expected: " + wanted + ")");
        }
    }

    /** {@code *} is anything, {@code !x} anything but x, {@code ~x} what the expression matches. */
    private static boolean isAs(String wanted, String value) {
        return wanted.equals("*")
                || wanted.startsWith("~") && value.matches(wanted.substring(1))
                || (wanted.startsWith("!") ? !wanted.substring(1).equals(value) : wanted.equals(value));
    }

    static boolean isByFilters(RawResponse response) {
        return response.hasHeader("X-Request-Id");
    }

    private static String rule(String name) {
        return "\"rule\":\"" + name + '"';
    }
}
