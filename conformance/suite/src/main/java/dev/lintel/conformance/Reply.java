package dev.lintel.conformance;

import dev.lintel.testing.Answer;
import dev.lintel.testing.AnswerWriter;
import dev.lintel.testing.PeerClose;
import java.io.IOException;

/**
 * What the upstream answers to the requests of a row.
 *
 * @param latin1 the bytes, one for each character
 * @param ending what follows them
 */
record Reply(String latin1, Ending ending) {

    /** What follows the bytes. */
    enum Ending {
        /** The next request, or nothing. */
        NONE,
        /** FIN. */
        FIN,
        /** RST. */
        RESET,
        /** Nothing, until the gateway leaves. */
        HOLD,
        /** More bytes, until the gateway leaves. */
        ENDLESS
    }

    /** More than all that a gateway, a container and two sockets may hold back. */
    private static final int MOST_PIECES = 4_096;

    private static final String PIECE = "a".repeat(64 * 1024);

    /** As an upstream does it. */
    Answer answer() {
        Answer bytes = Answer.raw(latin1);
        return switch (ending) {
            case NONE -> bytes;
            case FIN -> bytes.thenEnd(PeerClose.FIN);
            case RESET -> bytes.thenEnd(PeerClose.RESET);
            case HOLD -> bytes.then(Answer.hold());
            case ENDLESS -> bytes.then(Reply::goOn);
        };
    }

    private static void goOn(AnswerWriter out) throws IOException {
        for (int i = 0; i < MOST_PIECES; i++) {
            out.write(PIECE);
        }
        out.end(PeerClose.RESET);
    }

    /** The head of the answer itself, after those of interim ones; empty if there is none. */
    String head() {
        int start = 0;
        while (latin1.startsWith("HTTP/1.1 1", start) && latin1.indexOf("\r\n\r\n", start) >= 0) {
            start = latin1.indexOf("\r\n\r\n", start) + 4;
        }
        int end = latin1.indexOf("\r\n\r\n", start);
        return end < 0 ? "" : latin1.substring(start, end);
    }
}
