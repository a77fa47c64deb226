package dev.lintel.conformance;

import dev.lintel.conformance.Outcome.Fact;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** Plays one row against one form, and compares. */
final class RowPlay {

    private static final String CANARY_TOKEN = Token.of("canary").compact();

    /** What a parser says of a head that it cannot read. */
    private static final Set<Integer> UNREADABLE = Set.of(400, 414, 431, 501, 505);

    private RowPlay() {}

    /**
     * Plays it.
     *
     * @throws AssertionError if anything is not as it must be, with everything that happened
     */
    static void play(Deployment gateway, Row row) {
        Form form = gateway.form();
        List<Outcome> usual = row.outcomesIn(form);
        Optional<Deviation> deviation = Deviation.of(row, form);
        List<Outcome> outcomes = deviation.map(Deviation::outcomes).orElse(usual);
        gateway.prepare(row);
        int since = gateway.log().count();
        Observed observed = Conversation.hold(gateway, row, outcomes);
        if (outcomes.stream().allMatch(outcome -> has(outcome, Fact.Kind.DROPPED))) {
            gateway.awaitDropped();
        }
        RawResponse canary = canaryAfter(gateway, row, since, observed);
        if (row.sending().ending().leaves() || outcomes.stream().anyMatch(RowPlay::isCutShort)) {
            awaitLines(gateway, since, row, observed);
        }
        List<String> found = new ArrayList<>();
        List<Seen> all = gateway.violations().isEmpty() ? withoutLatecomers(gateway, since) : List.of();
        List<Seen> own = withoutCompanions(all, found);
        found.addAll(Oracles.check(gateway, row, observed, own));
        found.addAll(canary(canary, all));
        List<RawResponse> answers = new ArrayList<>(observed.answers());
        answers.add(canary);
        if (observed.followUp() != null) {
            answers.add(observed.followUp());
        }
        found.addAll(Oracles.checkLog(gateway, row, since, answers, all));
        found.addAll(compare(row, outcomes, observed, own, gateway.log()));
        if (deviation.isPresent()
                && found.isEmpty()
                && compare(row, usual, observed, own, gateway.log()).isEmpty()) {
            found.add("deviation: not needed any more (expected: removed)");
        }
        if (!found.isEmpty()) {
            throw new AssertionError(report(row, form, found, observed, all));
        }
    }

    /**
     * What a request is answered that has nothing to do with the row. Jetty as it comes may, once in very many rows, read what is left of the
     * row's connection into the buffer of this one (see the rationale); whether the canary has come through is seen at the upstream.
     */
    private static RawResponse canary(Deployment gateway) {
        RawRequest request = RawRequest.get(Conversation.CANARY.substring(4))
                .bearer(CANARY_TOKEN)
                .close();
        RawResponse answer = RawClient.exchange(gateway.port(), request);
        boolean refusedByJetty = UNREADABLE.contains(answer.status())
                && answer.headers("Server").stream().anyMatch(server -> server.startsWith("Jetty("));
        return refusedByJetty ? RawClient.exchange(gateway.port(), request) : answer;
    }

    /** The canary's answer; if there is none, all that is known of the row before it. */
    private static RawResponse canaryAfter(Deployment gateway, Row row, int since, Observed observed) {
        try {
            return canary(gateway);
        } catch (AssertionError unanswered) {
            List<String> found = new ArrayList<>(List.of("canary: " + unanswered.getMessage()));
            gateway.log().from(since).forEach(line -> found.add("access log: " + line));
            throw new AssertionError(report(row, gateway.form(), found, observed, gateway.seen()), unanswered);
        }
    }

    private static void awaitLines(Deployment gateway, int since, Row row, Observed observed) {
        try {
            gateway.log().awaitMoreThan(since + 1);
        } catch (ConditionTimeoutException missing) {
            throw new AssertionError(
                    report(row, gateway.form(), List.of("access log: no line of it"), observed, gateway.seen()),
                    missing);
        }
    }

    private static boolean has(Outcome outcome, Fact.Kind kind) {
        return outcome.steps().stream()
                .anyMatch(step -> step.request() != null
                        && step.request().facts().stream().anyMatch(fact -> fact.kind() == kind));
    }

    private static boolean isCutShort(Outcome outcome) {
        return outcome.steps().stream()
                .anyMatch(step -> step.request() != null && step.request().aborted());
    }

    /** What was cut short may be noticed by an upstream only when the next row is played. */
    private static List<Seen> withoutLatecomers(Deployment gateway, int since) {
        return gateway.seen().stream()
                .filter(request -> request.complete()
                        || request.values("X-Request-Id").stream()
                                .noneMatch(id -> gateway.log().hasLineBefore(since, id)))
                .toList();
    }

    /** The row's own requests: without the one that follows it, which must be nobody's, and the canary. */
    private static List<Seen> withoutCompanions(List<Seen> all, List<String> found) {
        List<Seen> own = new ArrayList<>();
        for (Seen request : all) {
            boolean followUp = request.line().equals(Conversation.FOLLOW_UP);
            if (followUp && !request.foldedValues("X-User-ID").isEmpty()) {
                found.add("follow-up: has an identity (expected: none)");
            }
            if (!Conversation.isCompanion(request.line())) {
                own.add(request);
            }
        }
        return own;
    }

    private static List<String> canary(RawResponse answer, List<Seen> all) {
        List<List<String>> identities = all.stream()
                .filter(request -> request.line().equals(Conversation.CANARY))
                .map(request -> request.foldedValues("X-User-ID"))
                .toList();
        boolean good = answer.status() == 200
                && answer.hasHeader("X-Request-Id")
                && identities.equals(List.of(List.of("canary")));
        return good
                ? List.of()
                : List.of("canary: " + answer.rawHead() + ", as " + identities
                        + " (expected: 200 with an X-Request-Id, once, as canary)");
    }

    /** Nothing if one outcome fits; else why each of them does not. */
    private static List<String> compare(
            Row row, List<Outcome> outcomes, Observed observed, List<Seen> seen, AccessLines log) {
        List<String> found = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            List<String> mismatches = Mismatches.of(row, outcome, observed, seen, log);
            if (mismatches.isEmpty()) {
                return List.of();
            }
            found.add("not '" + outcome.summary() + "': " + String.join("; ", mismatches));
        }
        return found;
    }

    private static String report(Row row, Form form, List<String> found, Observed observed, List<Seen> seen) {
        StringBuilder text = new StringBuilder(row.title())
                .append(" in ")
                .append(form.title())
                .append(" (")
                .append(row.source())
                .append(")");
        found.forEach(problem -> text.append("\n  - ").append(problem));
        text.append("\nsent:\n").append(Escapes.show(row.sending().latin1()));
        if (row.reply() != null) {
            text.append("\nupstream:\n").append(Escapes.show(row.reply().latin1()));
        }
        text.append("\nanswered:\n").append(observed);
        text.append("\ndestination:");
        seen.forEach(request -> text.append("\n  ").append(request));
        return text.toString();
    }
}
