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

    private final AccessLines log;
    private final List<String> found = new ArrayList<>();

    private Mismatches(AccessLines log) {
        this.log = log;
    }

    /** What is different, one sentence each; empty if nothing is. */
    static List<String> of(Outcome outcome, Observed observed, List<Seen> seen, AccessLines log) {
        Mismatches mismatches = new Mismatches(log);
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
        if (response.status() == 200 && request != null && !step.cut()) {
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
        for (Fact fact : step.answerFacts()) {
            List<String> values = response.headers(fact.name());
            check("answer's " + fact.name(), fact, values, values);
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
        for (Fact fact : expected.facts()) {
            if (fact.kind() == Fact.Kind.BODY) {
                if (!seen.body().equals(fact.value())) {
                    found.add("destination's body: " + Escapes.show(seen.body()));
                }
            } else {
                check("destination's " + fact.name(), fact, seen.values(fact.name()), seen.foldedValues(fact.name()));
            }
        }
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

    /** {@code *} is anything, {@code !x} anything but x. */
    private static boolean isAs(String wanted, String value) {
        return wanted.equals("*")
                || (wanted.startsWith("!") ? !wanted.substring(1).equals(value) : wanted.equals(value));
    }

    static boolean isByFilters(RawResponse response) {
        return response.hasHeader("X-Request-Id");
    }

    private static String rule(String name) {
        return "\"rule\":\"" + name + '"';
    }
}
