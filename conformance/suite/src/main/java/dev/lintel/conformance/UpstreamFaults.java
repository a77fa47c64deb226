package dev.lintel.conformance;

import dev.lintel.testing.Answer;
import dev.lintel.testing.PeerClose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes wrong at an upstream, by the last segment of the path that asks for it. */
final class UpstreamFaults {

    /** More than any container holds back before it sends the head. */
    private static final String LONG = "a".repeat(200_000);

    private static final Map<String, Answer> ANSWERS = answers();

    private UpstreamFaults() {}

    /** The answer of a path that asks for a fault; null for others. */
    static @Nullable Answer of(String path) {
        return ANSWERS.get(path.substring(path.lastIndexOf('/') + 1));
    }

    private static Map<String, Answer> answers() {
        Map<String, Answer> answers = new HashMap<>();
        answers.put("die", Answer.close());
        answers.put("reset", Answer.reset());
        answers.put("cut-length", Answer.truncated(10, "part", PeerClose.FIN));
        answers.put("cut-length-long", Answer.truncated(1_000_000, LONG, PeerClose.FIN));
        answers.put("cut-length-reset", Answer.truncated(1_000_000, LONG, PeerClose.RESET));
        answers.put("cut-chunks", Answer.truncatedChunks(List.of("part"), PeerClose.FIN));
        answers.put("cut-chunks-long", Answer.truncatedChunks(List.of(LONG, LONG), PeerClose.FIN));
        answers.put("cut-chunks-reset", Answer.truncatedChunks(List.of(LONG, LONG), PeerClose.RESET));
        answers.put("cut-close-reset", untilClose("part"));
        answers.put("cut-close-reset-long", untilClose(LONG));
        answers.put("cut-in-chunk", chunked("4\r\npart\r\na\r\npart"));
        answers.put("cut-in-size", chunked("4\r\npart\r\n"));
        answers.put("cut-in-last", chunked("4\r\npart\r\n0"));
        answers.put("cut-in-long-chunk", chunked("30d40\r\n" + LONG + "\r\n30d40\r\n" + LONG.substring(1)));
        answers.put("bad-chunk", chunked("30d40\r\n" + LONG + "\r\nxyz\r\n"));
        answers.put("cut-head", raw("HTTP/1.1 200 OK\r\nContent-Len"));
        answers.put("garbage", raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        answers.put("two-lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\npart"));
        answers.put(
                "length-and-coding",
                raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        answers.put("coding-of-content", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"));
        answers.put("unasked-101", Answer.switchingProtocols("x"));
        answers.put("folded", raw("HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n"));
        answers.put("head-too-large", raw("HTTP/1.1 200 OK\r\nX-A: " + LONG + "\r\nContent-Length: 0\r\n\r\n"));
        return answers;
    }

    private static Answer chunked(String body) {
        return raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    }

    private static Answer untilClose(String body) {
        return Answer.raw("HTTP/1.1 200 OK\r\n\r\n" + body).thenEnd(PeerClose.RESET);
    }

    private static Answer raw(String bytes) {
        return Answer.raw(bytes).thenEnd(PeerClose.FIN);
    }
}
