package dev.lintel.conformance.frames;

import dev.lintel.conformance.frames.FrameRow.End;
import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.HeaderBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A table of frames, being filled. */
abstract class FrameTable {

    /** The path of requests that no upstream may see whole. */
    static final String BAD = "/bad";

    private static final List<String> REQUEST =
            List.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path");

    private final List<FrameRow> rows = new ArrayList<>();

    final List<FrameRow> rows() {
        return rows;
    }

    final void answered(String name, int stream, Frame... frames) {
        rows.add(new FrameRow(name, List.of(frames), End.ANSWERED, List.of(200), stream));
    }

    final void continued(String name, Frame... frames) {
        rows.add(new FrameRow(name, List.of(frames), End.CONTINUED, List.of(), 1));
    }

    final void streamError(String name, List<Integer> codes, Frame... frames) {
        rows.add(new FrameRow(name, List.of(frames), End.STREAM_ERROR, codes, 1));
    }

    final void refused(String name, Frame... frames) {
        rows.add(new FrameRow(name, List.of(frames), End.REFUSED, List.of(), 1));
    }

    final void connectionError(String name, List<Integer> codes, Frame... frames) {
        rows.add(new FrameRow(name, List.of(frames), End.CONNECTION_ERROR, codes, 1));
    }

    /** A bad request with further fields, whole. */
    static Frame bad(int stream, String... namesAndValues) {
        return Frame.headers(stream, true, fields(namesAndValues));
    }

    /** The block of a bad request. */
    static byte[] badBlock(String... namesAndValues) {
        return HeaderBlock.of(fields(namesAndValues));
    }

    private static String[] fields(String... more) {
        return Stream.of(REQUEST.stream(), Stream.of(BAD), Arrays.stream(more))
                .flatMap(parts -> parts)
                .toArray(String[]::new);
    }

    /** HEADERS without END_HEADERS. */
    static Frame begun(int stream, byte[] block) {
        return new Frame(Frame.HEADERS, Frame.END_STREAM, stream, block);
    }

    /** A frame of any kind. */
    static Frame frame(int type, int flags, int stream, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return new Frame(type, flags, stream, bytes);
    }
}
