package dev.lintel.conformance;

import dev.lintel.testing.RawResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client of a row saw.
 *
 * @param answers the answers to the row's own bytes
 * @param closed whether the gateway closed the connection by itself after them
 * @param hung whether it neither answered nor closed in time
 * @param followUp the answer to a good request that followed on the same connection; null if none was sent or answered
 * @param bare an answer that is no HTTP/1 response, such as one without a head; empty if there was none
 * @param surplus bytes that belong to no answer
 */
record Observed(
        List<RawResponse> answers,
        boolean closed,
        boolean hung,
        @Nullable RawResponse followUp,
        String bare,
        String surplus) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (RawResponse answer : answers) {
            text.append(Escapes.show(answer.toString())).append('\n');
        }
        text.append(hung ? "(then nothing, in time)" : closed ? "(then closed)" : "(left open)");
        if (followUp != null) {
            text.append("\nfollow-up: ").append(followUp.statusLine());
        }
        text.append(bare.isEmpty() ? "" : "\nbare: " + Escapes.show(bare));
        return text.append(surplus.isEmpty() ? "" : "\nsurplus: " + Escapes.show(surplus))
                .toString();
    }
}
