package dev.lintel.conformance.frames;

import static dev.lintel.testing.http2.ErrorCode.CANCEL;
import static dev.lintel.testing.http2.ErrorCode.COMPRESSION_ERROR;
import static dev.lintel.testing.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static dev.lintel.testing.http2.ErrorCode.FRAME_SIZE_ERROR;
import static dev.lintel.testing.http2.ErrorCode.PROTOCOL_ERROR;
import static dev.lintel.testing.http2.ErrorCode.REFUSED_STREAM;
import static dev.lintel.testing.http2.ErrorCode.STREAM_CLOSED;

import dev.lintel.testing.http2.Frame;
import dev.lintel.testing.http2.HeaderBlock;
import java.util.Arrays;
import java.util.List;

/** Frames, streams and settings by RFC 9113 sections 4 to 7, in its order. */
final class ConnectionFrames extends FrameTable {

    private static final List<Integer> PROTOCOL = List.of(PROTOCOL_ERROR);
    private static final List<Integer> SIZE = List.of(FRAME_SIZE_ERROR);
    /** What is too short or too long; Jetty calls padding that does not fit a wrong size, and some blocks a wrong frame. */
    private static final List<Integer> PADDING = List.of(PROTOCOL_ERROR, FRAME_SIZE_ERROR);

    /** The stream has been ended, and the connection goes on. */
    private static final List<Integer> ANY_STREAM = List.of(STREAM_CLOSED, PROTOCOL_ERROR, CANCEL);

    private static final List<Integer> COMPRESSION = List.of(COMPRESSION_ERROR, PROTOCOL_ERROR);
    private static final List<Integer> CLOSED = List.of(STREAM_CLOSED, PROTOCOL_ERROR);
    private static final int UNKNOWN = 0x16;
    private static final int TOO_LONG = 16385;

    private ConnectionFrames() {}

    static List<FrameRow> all() {
        ConnectionFrames table = new ConnectionFrames();
        table.format();
        table.states();
        table.identifiers();
        table.dataAndHeaders();
        table.priorityAndReset();
        table.settings();
        table.pingAndGoAway();
        table.windows();
        table.continuations();
        return table.rows();
    }

    private void format() {
        continued("4.1 type that is not known", frame(UNKNOWN, 0, 0, 1, 2, 3));
        continued("4.1 flag that is not defined", Frame.ping(1).withFlags(0x16), Frame.ping(2));
        continued("4.1 reserved bit of the stream", new Frame(Frame.PING, 0, 0x8000_0000, new byte[8]));
        answered("4.2 DATA of 16384 bytes", 1, Frame.post(1, "/good"), Frame.data(1, true, "a".repeat(16384)));
        streamError("4.2 DATA of 16385 bytes", SIZE, Frame.post(1, BAD), Frame.data(1, true, "a".repeat(TOO_LONG)));
        connectionError("4.2 HEADERS of 16385 bytes", SIZE, frame(Frame.HEADERS, 5, 1, new int[TOO_LONG]));
        connectionError("4.2 type that is not known of 16385 bytes", SIZE, frame(UNKNOWN, 0, 0, new int[TOO_LONG]));
        connectionError("4.3 block that cannot be decoded", COMPRESSION, frame(Frame.HEADERS, 5, 1, 0x40));
        connectionError(
                "4.3 PRIORITY within a block", PROTOCOL, begun(1, badBlock()), Frame.priority(1, 0), Frame.ping(1));
        connectionError("4.3 HEADERS of another stream within a block", PROTOCOL, begun(1, badBlock()), bad(3));
        connectionError(
                "5.5 type that is not known within a block", PROTOCOL, begun(1, badBlock()), frame(UNKNOWN, 0, 0, 1));
        continued("5.5 extension between frames", frame(UNKNOWN, 0xff, 1, 1), frame(0xff, 0, 0));
    }

    private void states() {
        connectionError("5.1 DATA on an idle stream", PROTOCOL, Frame.data(1, true, "a"));
        connectionError("5.1 RST_STREAM on an idle stream", PROTOCOL, Frame.rst(1, 8));
        connectionError("5.1 WINDOW_UPDATE on an idle stream", PROTOCOL, Frame.windowUpdate(1, 100));
        connectionError("5.1 CONTINUATION on an idle stream", PROTOCOL, Frame.continuation(1, true, badBlock()));
        streamError("5.1 DATA after the end", CLOSED, bad(1, "expect", "x"), Frame.data(1, true, "a"));
        streamError("5.1 HEADERS after the end", CLOSED, Frame.post(1, BAD), Frame.data(1, true, ""), bad(1));
        connectionError("5.1 CONTINUATION after the end", CLOSED, bad(1), Frame.continuation(1, true, badBlock()));
        streamError(
                "5.1 DATA after a reset", ANY_STREAM, Frame.post(1, BAD), Frame.rst(1, 8), Frame.data(1, true, "a"));
        streamError("5.1 HEADERS after a reset", CLOSED, Frame.post(1, BAD), Frame.rst(1, 8), bad(1));
        connectionError(
                "5.1 CONTINUATION after a reset",
                CLOSED,
                Frame.post(1, BAD),
                Frame.rst(1, 8),
                Frame.continuation(1, true, badBlock()));
        continued(
                "5.1 WINDOW_UPDATE and RST_STREAM after a reset",
                Frame.post(1, BAD),
                Frame.rst(1, 8),
                Frame.windowUpdate(1, 1),
                Frame.rst(1, 8));
        continued("5.1 PRIORITY on a closed stream", Frame.post(1, BAD), Frame.rst(1, 8), Frame.priority(1, 0));
        continued("5.1 PRIORITY on an idle stream", Frame.priority(7, 0));
    }

    private void identifiers() {
        connectionError("5.1.1 even stream", PROTOCOL, bad(2));
        connectionError(
                "5.1.1 stream below the last", List.of(PROTOCOL_ERROR, STREAM_CLOSED), Frame.get(5, "/good"), bad(3));
        Frame[] many = new Frame[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = Frame.post(1 + 2 * i, BAD);
        }
        rows().add(new FrameRow(
                "5.1.2 more streams than allowed",
                List.of(many),
                FrameRow.End.STREAM_ERROR,
                List.of(REFUSED_STREAM, PROTOCOL_ERROR),
                39));
    }

    private void dataAndHeaders() {
        connectionError("6.1 DATA on stream 0", PROTOCOL, Frame.data(0, false, "a"));
        connectionError("6.1 padding longer than DATA", PADDING, Frame.post(1, BAD), frame(Frame.DATA, 9, 1, 6, 'a'));
        answered("6.1 padded DATA", 1, Frame.post(1, "/good"), frame(Frame.DATA, 9, 1, 2, 'a', 0, 0));
        connectionError("6.2 HEADERS on stream 0", PROTOCOL, bad(0));
        connectionError("6.2 padding longer than HEADERS", PADDING, frame(Frame.HEADERS, 13, 1, 200, 1, 2));
    }

    private void priorityAndReset() {
        connectionError("6.3 PRIORITY on stream 0", PROTOCOL, Frame.priority(0, 1));
        streamError("6.3 PRIORITY of 4 bytes", SIZE, frame(Frame.PRIORITY, 0, 1, 0, 0, 0, 1));
        streamError("5.3.1 PRIORITY that depends on itself", PROTOCOL, Frame.post(1, BAD), Frame.priority(1, 1));
        connectionError("6.4 RST_STREAM on stream 0", PROTOCOL, Frame.rst(0, 8));
        connectionError("6.4 RST_STREAM of 3 bytes", SIZE, Frame.post(1, BAD), frame(Frame.RST_STREAM, 0, 1, 0, 0, 8));
        continued("7 RST_STREAM with a code that is not known", Frame.post(1, BAD), Frame.rst(1, 0xff));
    }

    private void settings() {
        connectionError(
                "6.5 acknowledgement with content", SIZE, Frame.settings(3, 1).withFlags(Frame.ACK));
        connectionError("6.5 SETTINGS on stream 1", PROTOCOL, new Frame(Frame.SETTINGS, 0, 1, new byte[6]));
        connectionError("6.5 SETTINGS of 3 bytes", SIZE, frame(Frame.SETTINGS, 0, 0, 0, 3, 0));
        connectionError("6.5.2 ENABLE_PUSH 2", PROTOCOL, Frame.settings(2, 2));
        connectionError("6.5.2 INITIAL_WINDOW_SIZE 2^31", List.of(FLOW_CONTROL_ERROR), Frame.settings(4, 1 << 31));
        connectionError("6.5.2 MAX_FRAME_SIZE 16383", PROTOCOL, Frame.settings(5, 16383));
        connectionError("6.5.2 MAX_FRAME_SIZE 2^24", PROTOCOL, Frame.settings(5, 1 << 24));
        continued("6.5.2 setting that is not known", Frame.settings(0xff, 1));
        continued("6.5.3 settings one after the other", Frame.settings(4, 100, 4, 1), Frame.settings());
        int[] many = new int[200];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 0x1000 + i;
        }
        connectionError("6.5 100 settings", List.of(), Frame.settings(many));
    }

    private void pingAndGoAway() {
        continued("6.7 PING", Frame.ping(42));
        continued("6.7 PING acknowledged and not asked", Frame.ping(42).withFlags(Frame.ACK));
        connectionError("6.7 PING on stream 1", PROTOCOL, new Frame(Frame.PING, 0, 1, new byte[8]));
        connectionError("6.7 PING of 6 bytes", SIZE, new Frame(Frame.PING, 0, 0, new byte[6]));
        connectionError("6.8 GOAWAY on stream 1", PROTOCOL, new Frame(Frame.GOAWAY, 0, 1, new byte[8]));
        connectionError("6.8 GOAWAY of 4 bytes", SIZE, new Frame(Frame.GOAWAY, 0, 0, new byte[4]));
        connectionError("8.4 PUSH_PROMISE of a client", PROTOCOL, frame(Frame.PUSH_PROMISE, 4, 1, 0, 0, 0, 2, 0x82));
        connectionError(
                "5.4.1 error and then a good frame", SIZE, new Frame(Frame.PING, 0, 0, new byte[6]), Frame.ping(1));
    }

    private void windows() {
        connectionError("6.9 no increment of the connection", PROTOCOL, Frame.windowUpdate(0, 0));
        streamError("6.9 no increment of a stream", ANY_STREAM, Frame.post(1, BAD), Frame.windowUpdate(1, 0));
        connectionError("6.9 WINDOW_UPDATE of 3 bytes", SIZE, frame(Frame.WINDOW_UPDATE, 0, 0, 0, 0, 1));
        connectionError(
                "6.9.1 window of the connection above 2^31-1",
                List.of(FLOW_CONTROL_ERROR),
                Frame.windowUpdate(0, Integer.MAX_VALUE),
                Frame.windowUpdate(0, Integer.MAX_VALUE));
        streamError(
                "6.9.1 window of a stream above 2^31-1",
                List.of(FLOW_CONTROL_ERROR),
                Frame.post(1, BAD),
                Frame.windowUpdate(1, Integer.MAX_VALUE),
                Frame.windowUpdate(1, Integer.MAX_VALUE));
    }

    private void continuations() {
        byte[] block = badBlock();
        byte[] good = HeaderBlock.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", "/good");
        byte[] first = Arrays.copyOf(good, 20);
        byte[] second = Arrays.copyOfRange(good, 20, 30);
        byte[] third = Arrays.copyOfRange(good, 30, good.length);
        answered(
                "6.10 block in three pieces",
                1,
                begun(1, first),
                Frame.continuation(1, false, second),
                Frame.continuation(1, true, third));
        connectionError(
                "6.10 other frame after CONTINUATION",
                PROTOCOL,
                begun(1, block),
                Frame.continuation(1, false, new byte[0]),
                Frame.data(1, true, "a"));
        connectionError("6.10 CONTINUATION on stream 0", PROTOCOL, begun(1, block), Frame.continuation(0, true, block));
        connectionError(
                "6.10 CONTINUATION after the last piece",
                CLOSED,
                Frame.post(1, BAD),
                Frame.continuation(1, true, block));
        connectionError(
                "6.10 CONTINUATION after the last CONTINUATION",
                CLOSED,
                begun(1, block),
                Frame.continuation(1, true, new byte[0]),
                Frame.continuation(1, true, new byte[0]));
        connectionError(
                "6.10 CONTINUATION after DATA",
                CLOSED,
                Frame.post(1, BAD),
                Frame.data(1, false, "a"),
                Frame.continuation(1, true, block));
    }
}
