package dev.lintel.conformance;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may come of a row: answers in order.
 *
 * @param forms the forms in which it may
 * @param steps the answers, in order
 */
record Outcome(Set<Form> forms, List<Step> steps) {

    /**
     * One answer and what it came from.
     *
     * @param statuses the allowed statuses; empty if the connection is closed without an answer that has one
     * @param bare whether there is an answer without a head, as to HTTP/0.9
     * @param rule the rule that a refusal by a filter or by the router must name; null for any
     * @param cut whether the answer must be seen to be cut short
     * @param closed whether the gateway must close the connection after it
     * @param request the request that the destination must have seen; null for none
     * @param answerFacts what else holds for the answer
     * @param logged what the answer's line in the access log contains
     */
    record Step(
            List<Integer> statuses,
            boolean bare,
            @Nullable String rule,
            boolean cut,
            boolean closed,
            @Nullable Expected request,
            List<Fact> answerFacts,
            List<String> logged) {

        boolean unanswered() {
            return statuses.isEmpty();
        }
    }

    /**
     * A request as the destination must have seen it.
     *
     * @param line method and target
     * @param aborted whether it must not have come to its end; it may then be missing altogether
     * @param facts what else holds for it
     */
    record Expected(String line, boolean aborted, List<Fact> facts) {

        /** The value that a header field must have, by the facts; null if they do not say. */
        @Nullable
        String value(String field) {
            for (Fact fact : facts) {
                if (fact.kind() == Fact.Kind.HAS && fact.name().equalsIgnoreCase(field)) {
                    return fact.value();
                }
            }
            return null;
        }
    }

    /**
     * Something about a message.
     *
     * @param kind what
     * @param name of the field; empty if it is about no field
     * @param value of the field, {@code *} for any; or the body, or the statuses
     */
    record Fact(Kind kind, String name, String value) {
        enum Kind {
            /** Exactly one line of that name, with that value. */
            HAS,
            /** No line of that name in any spelling. */
            LACKS,
            /** That body. */
            BODY,
            /** Every field of what went in, byte for byte, but those of a connection. */
            SAME_FIELDS,
            /** Exactly one trailer line of that name, with that value. */
            TRAILER,
            /** No trailer line. */
            NO_TRAILER,
            /** Interim answers before it, of these statuses. */
            INTERIM,
            /** It was broken off by the gateway before it was answered. */
            DROPPED
        }
    }

    /** As it is written in a row, without the facts. */
    String summary() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(text.isEmpty() ? "" : ", then ").append(summary(step));
        }
        return text.toString();
    }

    private static String summary(Step step) {
        StringBuilder text = new StringBuilder();
        if (step.unanswered()) {
            text.append(step.bare() ? "closed after an answer without a head" : "closed unanswered");
        }
        for (int status : step.statuses()) {
            text.append(text.isEmpty() ? "" : "/").append(status);
        }
        if (step.rule() != null) {
            text.append(' ').append(step.rule());
        }
        if (step.cut()) {
            text.append(", visibly cut short");
        }
        if (step.closed() && !step.cut() && !step.unanswered()) {
            text.append(", closed");
        }
        if (step.request() != null) {
            text.append(step.request().aborted() ? ", cut short at the destination" : ", forwarded once");
        }
        return text.toString();
    }
}
