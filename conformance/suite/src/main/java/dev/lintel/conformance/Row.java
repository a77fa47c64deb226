package dev.lintel.conformance;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the gateway and what may come of it. Immutable.
 *
 * @param id the row's id, with the number of the variant if there are several
 * @param name what the row is about, in a few words
 * @param variant what this variant puts in, as written in the row; empty if there is only one
 * @param source where the expectation comes from: a section of an RFC, an advisory, a rule of this gateway
 * @param sending what the client sends
 * @param reply what the upstream answers; null for what it usually does
 * @param secrets texts that must never be logged
 * @param outcomes what may come of it; one of those that apply to the form must
 */
record Row(
        String id,
        String name,
        String variant,
        String source,
        Sending sending,
        @Nullable Reply reply,
        Set<String> secrets,
        List<Outcome> outcomes) {

    /** What follows the bytes. */
    enum Ending {
        /** The connection is left open. */
        NONE,
        /** FIN. */
        FIN,
        /** RST. */
        RESET,
        /** RST, once the destination has seen a request. */
        RESET_WHEN_SEEN,
        /** RST, once some of the answer is there. */
        RESET_IN_ANSWER;

        /** Whether no answer is read. */
        boolean leaves() {
            return this == RESET || this == RESET_WHEN_SEEN || this == RESET_IN_ANSWER;
        }
    }

    /**
     * What the client sends.
     *
     * @param latin1 the bytes, one for each character
     * @param byteByByte whether each byte is a write of its own
     * @param ending what follows the bytes
     * @param followUp whether a good request follows on the same connection, if that stays open
     */
    record Sending(String latin1, boolean byteByByte, Ending ending, boolean followUp) {}

    /** The letters that the id begins with. */
    String group() {
        return id.substring(0, 1);
    }

    /** The id without the number of the variant. */
    String family() {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    /** What test reports call it. */
    String title() {
        return id + " " + name + (variant.isEmpty() ? "" : ": " + abbreviated(variant));
    }

    List<Outcome> outcomesIn(Form form) {
        return outcomes.stream()
                .filter(outcome -> outcome.forms().contains(form))
                .toList();
    }

    private static String abbreviated(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
