package dev.lintel.conformance;

import dev.lintel.conformance.Outcome.Expected;
import dev.lintel.conformance.Outcome.Fact;
import dev.lintel.conformance.Outcome.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the lines that say what may come of a row, or of a deviation from it. For one row. */
final class OutcomeReader {

    private final UnaryOperator<String> escapes;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** @param escapes turns text into bytes */
    OutcomeReader(UnaryOperator<String> escapes) {
        this.escapes = escapes;
    }

    /** The bytes that a text stands for. */
    String text(String text) {
        return escapes.apply(text);
    }

    /** Takes a line in if it is one of those; others are none of its business. */
    void line(String word, String rest) {
        switch (word) {
            case "answer" -> answer(rest);
            case "then" -> last().steps().add(step(rest, new ArrayList<>(List.of(rest.split(" ", -1)))));
            case "sees" -> request().facts().add(field(rest));
            case "hides" -> request().facts().add(new Fact(Fact.Kind.LACKS, rest, ""));
            case "body" -> request().facts().add(new Fact(Fact.Kind.BODY, "", text(rest)));
            case "tells" -> lastStep().answerFacts().add(field(rest));
            case "logs" -> lastStep().logged().add(text(rest));
            case "says" -> lastStep().answerFacts().add(new Fact(Fact.Kind.BODY, "", text(rest)));
            case "relays" -> lastStep().answerFacts().add(new Fact(Fact.Kind.SAME_FIELDS, "", rest));
            case "interim" -> lastStep().answerFacts().add(new Fact(Fact.Kind.INTERIM, "", rest));
            case "trails" -> lastStep().answerFacts().add(trailer(rest));
            case "passes" -> request().facts().add(new Fact(Fact.Kind.SAME_FIELDS, "", rest));
            case "carries" -> request().facts().add(trailer(rest));
            case "dropped" -> request().facts().add(new Fact(Fact.Kind.DROPPED, "", ""));
            case "times" -> last().steps().addAll(Collections.nCopies(Integer.parseInt(rest) - 1, lastStep()));
            case "keeps" -> lastStep().answerFacts().add(new Fact(Fact.Kind.LACKS, rest, ""));
            default -> {}
        }
    }

    /** What was read. */
    List<Outcome> outcomes(Set<Form> everywhere) {
        EnumSet<Form> covered = EnumSet.noneOf(Form.class);
        outcomes.forEach(outcome -> covered.addAll(outcome.forms()));
        if (!covered.containsAll(everywhere)) {
            throw new IllegalArgumentException("answer: only in " + covered + " (expected: one for each form)");
        }
        return List.copyOf(outcomes);
    }

    private void answer(String rest) {
        List<String> words = new ArrayList<>(List.of(rest.split(" ", -1)));
        int arrow = words.indexOf("->");
        int in = words.indexOf("in");
        Set<Form> forms = EnumSet.allOf(Form.class);
        if (in >= 0 && (arrow < 0 || in < arrow)) {
            forms = Form.named(words.get(in + 1));
            words.remove(in + 1);
            words.remove(in);
        }
        outcomes.add(new Outcome(forms, new ArrayList<>(List.of(step(rest, words)))));
    }

    private Step step(String line, List<String> words) {
        List<Integer> statuses = new ArrayList<>();
        boolean bare = words.get(0).equals("bare");
        if (!bare && !words.get(0).equals("none")) {
            for (String status : words.get(0).split("/", -1)) {
                statuses.add(Integer.parseInt(status));
            }
        }
        int arrow = words.indexOf("->");
        String rule = null;
        boolean closed = statuses.isEmpty();
        boolean cut = false;
        for (String word : words.subList(1, arrow < 0 ? words.size() : arrow)) {
            if (word.equals("closed") || word.equals("cut")) {
                closed = true;
                cut |= word.equals("cut");
            } else if (rule == null) {
                rule = word;
            } else {
                throw new IllegalArgumentException("answer: " + line + " (expected: one rule)");
            }
        }
        Expected request = arrow < 0 ? null : request(words.subList(arrow + 1, words.size()));
        return new Step(statuses, bare, rule, cut, closed, request, new ArrayList<>(), new ArrayList<>());
    }

    private Expected request(List<String> words) {
        boolean aborted = words.get(0).equals("aborted");
        List<String> line = aborted ? words.subList(1, words.size()) : words;
        if (line.size() != 2) {
            throw new IllegalArgumentException("->: " + words + " (expected: method and target)");
        }
        return new Expected(text(line.get(0)) + " " + text(line.get(1)), aborted, new ArrayList<>());
    }

    private Fact trailer(String rest) {
        Fact field = rest.isEmpty() ? new Fact(Fact.Kind.NO_TRAILER, "", "") : field(rest);
        return field.kind() == Fact.Kind.NO_TRAILER ? field : new Fact(Fact.Kind.TRAILER, field.name(), field.value());
    }

    private Fact field(String rest) {
        int colon = rest.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("field: " + rest + " (expected: name: value)");
        }
        return new Fact(
                Fact.Kind.HAS,
                text(rest.substring(0, colon)),
                text(rest.substring(colon + 1)).strip());
    }

    private Outcome last() {
        if (outcomes.isEmpty()) {
            throw new IllegalArgumentException("answer: none yet (expected: before its facts)");
        }
        return outcomes.get(outcomes.size() - 1);
    }

    private Step lastStep() {
        List<Step> steps = last().steps();
        return steps.get(steps.size() - 1);
    }

    private Expected request() {
        @Nullable Expected request = lastStep().request();
        if (request == null) {
            throw new IllegalArgumentException("answer: nothing forwarded (expected: -> before sees, hides, body)");
        }
        return request;
    }
}
