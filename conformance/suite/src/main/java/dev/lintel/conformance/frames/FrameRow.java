package dev.lintel.conformance.frames;

import dev.lintel.testing.http2.Frame;
import java.util.List;

/**
 * Frames on a fresh connection and what must come of them.
 *
 * @param name a section of RFC 9113 or 7541, and what is sent
 * @param frames what is sent, in one write
 * @param end how it must end
 * @param codes the error codes or statuses it may end with; none for any
 * @param stream the stream that is looked at
 */
public record FrameRow(String name, List<Frame> frames, End end, List<Integer> codes, int stream) {

    /** How a row ends. */
    public enum End {
        /** The stream is answered with one of the statuses. */
        ANSWERED,
        /** The connection lives: a ping after the frames is answered. */
        CONTINUED,
        /** The stream is reset with one of the codes, or it ends as a connection does. */
        STREAM_ERROR,
        /** The request is answered by 400 or 431, or it ends as a stream does. */
        REFUSED,
        /** The connection ends, with one of the codes if it tells any. */
        CONNECTION_ERROR
    }

    /** The section of the RFC, such as {@code 8.1.1}, with the number of another RFC than 9113 before it. */
    public String section() {
        StringBuilder section = new StringBuilder();
        for (String word : name.split(" ", -1)) {
            boolean numbered = !word.isEmpty() && Character.isDigit(word.charAt(0));
            if (word.equals("RFC")) {
                section.append("RFC ");
            } else if (numbered) {
                section.append(section.length() > 4 ? " section " : "").append(word);
                if (!section.toString().equals("RFC 7541")) {
                    return section.toString();
                }
            } else if (!section.isEmpty()) {
                return section.toString();
            }
        }
        return "8.1.1";
    }

    @Override
    public String toString() {
        return name;
    }
}
