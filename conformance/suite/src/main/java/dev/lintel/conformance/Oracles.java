package dev.lintel.conformance;

import dev.lintel.testing.RawResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What holds for every row, whatever is expected of it:
 *
 * <ul>
 *   <li>the destination saw nothing that an independent strict parser refuses, and exactly one {@code Host}
 *   <li>no answer is a 500, shows a stack trace or a server's version; a refusal of ours is a problem document with a rule
 *   <li>every request that reached the filters has one line in the access log, with the id that client and destination
 *       saw, without control characters and without the token or key
 *   <li>after an answer the connection is closed, or serves the next request rightly
 * </ul>
 *
 * <p>That the destination saw the verified identity or none is part of the comparison with the outcome, and that a good
 * request succeeds afterwards is tried by {@link RowPlay}.
 */
final class Oracles {

    private static final List<String> TELLTALES =
            List.of("\tat ", "Exception", "java.lang", "org.eclipse", "org.apache", "Jetty(", "Jetty:", "Tomcat/");

    private final Form form;
    private final Row row;
    private final boolean hostFailed;
    private final List<String> found = new ArrayList<>();

    private Oracles(Form form, Row row, List<Seen> seen) {
        this.form = form;
        this.row = row;
        // an application that could not read its request fails, and what its container answers then is its own
        this.hostFailed = form.inFrontOfApplication() && seen.stream().anyMatch(request -> !request.complete());
    }

    /** What does not hold of answers and requests, one sentence each; empty if all does. */
    static List<String> check(Deployment gateway, Row row, Observed observed, List<Seen> seen) {
        Oracles oracles = new Oracles(gateway.form(), row, seen);
        if (observed.hung()) {
            oracles.found.add("gateway: neither answered nor closed in time");
        }
        if (!observed.surplus().isEmpty()) {
            oracles.found.add("surplus bytes: " + Escapes.show(observed.surplus()));
        }
        gateway.violations().forEach(violation -> oracles.found.add("destination: not HTTP/1.1: " + violation));
        observed.answers().forEach(oracles::answer);
        if (observed.followUp() != null) {
            oracles.followUp(observed.followUp());
        }
        seen.stream()
                .filter(request -> request.values("Host").size() != 1)
                .forEach(request -> oracles.found.add("Host: " + request.values("Host") + " (expected: one)"));
        return oracles.found;
    }

    /** What does not hold of the access log, given the answers and everything the destination saw. */
    static List<String> checkLog(Deployment gateway, Row row, int since, List<RawResponse> answers, List<Seen> seen) {
        Oracles oracles = new Oracles(gateway.form(), row, seen);
        Set<String> ids = new HashSet<>();
        for (RawResponse answer : answers) {
            if (Mismatches.isByFilters(answer)) {
                String id = answer.header("X-Request-Id");
                ids.add(id);
                oracles.lines(gateway.log().awaitLinesOf(id, since), answer);
            }
        }
        for (Seen request : seen) {
            List<String> values = request.foldedValues("X-Request-Id");
            boolean unanswered = !request.complete() || row.sending().ending().leaves();
            boolean known = values.size() == 1 && (ids.contains(values.get(0)) || unanswered);
            if (!known) {
                oracles.found.add("X-Request-Id: " + values + " (expected: one of " + ids + ")");
            }
        }
        return oracles.found;
    }

    private void answer(RawResponse answer) {
        List<Outcome> outcomes =
                Deviation.of(row, form).map(Deviation::outcomes).orElse(row.outcomes());
        boolean allowed = outcomes.stream()
                .flatMap(outcome -> outcome.steps().stream())
                .anyMatch(step -> step.statuses().contains(answer.status()));
        if (answer.status() == 500 && !allowed) {
            found.add("status: 500 (expected: never)");
        }
        boolean ours = !form.inForeignContainer() || Mismatches.isByFilters(answer) && !hostFailed;
        if (ours) {
            // what other containers answer themselves looks as they like; see the deviations
            tellsNothing(answer.bodyText());
        }
        if (!form.inForeignContainer()) {
            tellsNothing(answer.rawHead());
        }
        boolean problem = answer.headers("Content-Type").equals(List.of("application/problem+json"))
                && (isToHead() || answer.bodyText().contains("\"rule\":\""));
        boolean upstreams = row.reply() != null && row.reply().head().startsWith("HTTP/1.1 " + answer.status());
        if (ours && answer.status() >= 400 && !problem && !upstreams) {
            found.add("answer: " + answer + " (expected: a problem document with a rule)");
        }
    }

    private void tellsNothing(String text) {
        TELLTALES.stream().filter(text::contains).forEach(telltale -> found.add("answer: shows " + telltale.strip()));
    }

    private boolean isToHead() {
        return row.sending().latin1().startsWith("HEAD ");
    }

    private void followUp(RawResponse answer) {
        if (answer.status() != 200 || !answer.bodyText().equals(GatewayUnderTest.answerBody(Conversation.FOLLOW_UP))) {
            found.add("follow-up: " + answer + " (expected: 200 to " + Conversation.FOLLOW_UP + ")");
        }
    }

    private void lines(List<String> lines, RawResponse answer) {
        if (lines.size() != 1) {
            found.add("access log: " + lines.size() + " lines (expected: one for an answer)");
        }
        for (String line : lines) {
            if (!hostFailed && !line.contains("\"http.response.status_code\":" + answer.status())) {
                found.add("access log: " + line + " (expected: status " + answer.status() + ")");
            }
            if (line.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029)) {
                found.add("access log: " + Escapes.show(line) + " (expected: no control character)");
            }
            row.secrets().stream()
                    .filter(line::contains)
                    .forEach(secret -> found.add("access log: shows a credential: " + line));
        }
    }
}
