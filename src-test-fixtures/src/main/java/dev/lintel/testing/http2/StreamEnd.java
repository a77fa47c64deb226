package dev.lintel.testing.http2;

import java.util.List;

/**
 * What came of a stream: an answer, whole or not, a reset, or the end of the connection.
 *
 * @param status the final status, 0 if none came
 * @param fields the fields of the head as {@code name: value}
 * @param interim the statuses before the final one
 * @param body the body so far, one character for each byte
 * @param trailers the fields after the body
 * @param complete whether the answer ended by END_STREAM
 * @param resetCode the code of RST_STREAM, -1 if none came
 * @param goAwayCode the code of GOAWAY other than NO_ERROR, -1 if none came
 */
public record StreamEnd(
        int status,
        List<String> fields,
        List<Integer> interim,
        String body,
        List<String> trailers,
        boolean complete,
        int resetCode,
        int goAwayCode) {

    /** Whether the connection ended and nothing told why. */
    public boolean isClosed() {
        return !complete && resetCode < 0 && goAwayCode < 0;
    }

    @Override
    public String toString() {
        return complete
                ? status + " " + fields + " " + body + " " + trailers
                : resetCode >= 0
                        ? "RST_STREAM " + resetCode
                        : goAwayCode >= 0 ? "GOAWAY " + goAwayCode : "closed, status " + status;
    }
}
