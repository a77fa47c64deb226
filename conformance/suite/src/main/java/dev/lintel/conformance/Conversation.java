package dev.lintel.conformance;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays the client of a row. */
final class Conversation {

    /** What is sent after a row on the same connection, if that is still open: an answer to anything else is a desync. */
    static final String FOLLOW_UP = "GET /public/afterwards";

    /** What is asked on another connection after every row. */
    static final String CANARY = "GET /api/canary";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Deployment gateway;
    private final Row row;
    private final List<Outcome> outcomes;
    private final List<RawResponse> answers = new ArrayList<>();
    private boolean closed;
    private boolean hung;
    private String bare = "";

    private Conversation(Deployment gateway, Row row, List<Outcome> outcomes) {
        this.gateway = gateway;
        this.row = row;
        this.outcomes = outcomes;
    }

    /**
     * Sends a row and reads what comes.
     *
     * @param outcomes those expected, which tell how many answers to read
     */
    static Observed hold(Deployment gateway, Row row, List<Outcome> outcomes) {
        try (RawClient client = RawClient.connect(gateway.port()).within(PATIENCE)) {
            return new Conversation(gateway, row, outcomes).with(client);
        }
    }

    /** Whether a request is not a row's own, but one of the good ones that follow it. */
    static boolean isCompanion(String line) {
        return line.equals(CANARY) || line.equals(FOLLOW_UP);
    }

    private Observed with(RawClient client) {
        send(client);
        if (row.sending().ending().leaves()) {
            leave(client);
            return new Observed(answers, true, false, null, "", "");
        }
        if (row.sending().ending() == Row.Ending.FIN) {
            client.shutdownOutput();
        }
        int most = outcomes.stream()
                .mapToInt(outcome -> outcome.steps().size())
                .max()
                .orElse(1);
        while (answers.size() < most && !closed && !hung) {
            answer(client);
        }
        RawResponse followUp = hung || closed || !row.sending().followUp() ? null : followUp(client);
        String surplus = hung ? "" : rest(client, followUp);
        return new Observed(answers, closed, hung, followUp, bare, surplus);
    }

    private void leave(RawClient client) {
        if (row.sending().ending() == Row.Ending.RESET_WHEN_SEEN) {
            gateway.awaitSeen();
        } else if (row.sending().ending() == Row.Ending.RESET_IN_ANSWER) {
            client.awaitBytes(1);
        }
        client.reset();
    }

    private void send(RawClient client) {
        try {
            if (row.sending().byteByByte()) {
                client.sendByteByByte(row.sending().latin1());
            } else {
                client.send(row.sending().latin1());
            }
        } catch (UncheckedIOException refused) {
            // it answered and closed before it had read everything
        }
    }

    private void answer(RawClient client) {
        RawResponse answer = next(client, isHead(answers.size()));
        if (answer == null) {
            return;
        }
        answers.add(answer);
        closed = announcesClose(answer) || answer.closedBy() != null;
    }

    private @Nullable RawResponse next(RawClient client, boolean head) {
        try {
            client.awaitBytes(1);
        } catch (AssertionError nothing) {
            closed = client.isClosedByPeer();
            hung = !closed;
            return null;
        }
        if (!latin1(client.awaitBytes(1)).startsWith("H")) {
            bare = latin1(client.readUntilClosed());
            closed = true;
            return null;
        }
        return head ? client.readResponseToHead() : client.readResponse();
    }

    private @Nullable RawResponse followUp(RawClient client) {
        try {
            client.send(FOLLOW_UP + " HTTP/1.1\r\nHost: gw\r\nConnection: close\r\n\r\n");
        } catch (UncheckedIOException gone) {
            closed = true;
            return null;
        }
        return next(client, false);
    }

    /** Where the gateway is to close, waits for that; all bytes that come until then. */
    private String rest(RawClient client, @Nullable RawResponse followUp) {
        boolean mustClose = closed || followUp != null || row.sending().ending() == Row.Ending.FIN || expectsClose();
        if (!mustClose) {
            closed = client.isClosedByPeer();
            return latin1(client.awaitBytes(0));
        }
        try {
            String rest = latin1(client.readUntilClosed());
            closed |= followUp == null;
            return rest;
        } catch (AssertionError open) {
            hung = true;
            return "";
        }
    }

    private boolean expectsClose() {
        return outcomes.stream()
                .allMatch(outcome ->
                        outcome.steps().get(outcome.steps().size() - 1).closed());
    }

    private boolean isHead(int index) {
        if (index == 0 && row.sending().latin1().startsWith("HEAD ")) {
            return true;
        }
        for (Outcome outcome : outcomes) {
            if (index < outcome.steps().size()) {
                Outcome.Expected request = outcome.steps().get(index).request();
                if (request != null && request.line().startsWith("HEAD ")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean announcesClose(RawResponse answer) {
        return answer.headers("Connection").stream().anyMatch(value -> value.equalsIgnoreCase("close"))
                || answer.statusLine().startsWith("HTTP/1.0");
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
