package dev.lintel.conformance.frames;

import static dev.lintel.testing.http2.ErrorCode.COMPRESSION_ERROR;
import static dev.lintel.testing.http2.ErrorCode.PROTOCOL_ERROR;

import dev.lintel.testing.http2.Frame;
import java.util.Arrays;
import java.util.List;

/** Requests that are malformed by RFC 9113 section 8, and header blocks that are by RFC 7541. */
final class MessageFrames extends FrameTable {

    /** Jetty tells some of them by PROTOCOL_ERROR; the connection ends all the same. */
    private static final List<Integer> COMPRESSION = List.of(COMPRESSION_ERROR, PROTOCOL_ERROR);

    private static final String[] START = {":method", "GET", ":scheme", "http", ":authority", "localhost"};

    private MessageFrames() {}

    static List<FrameRow> all() {
        MessageFrames table = new MessageFrames();
        table.messages();
        table.fields();
        table.pseudoFields();
        table.lengths();
        table.blocks();
        return table.rows();
    }

    private void messages() {
        answered("8.1 GET", 1, Frame.get(1, "/good"));
        answered("8.1 POST", 1, Frame.post(1, "/good"), Frame.data(1, true, "body"));
        answered(
                "8.1 POST with trailers",
                1,
                Frame.post(1, "/good"),
                Frame.data(1, false, "body"),
                Frame.headers(1, true, "x-trailer", "v"));
        refused("8.1 second HEADERS without end", Frame.post(1, BAD), Frame.headers(1, false, "x-trailer", "v"));
        refused("8.1 pseudo-field as trailer", Frame.post(1, BAD), Frame.headers(1, true, ":method", "GET"));
    }

    private void fields() {
        for (String name :
                new String[] {"X-Upper", "x-uppeR", "x a", "x:a", "", "x\0a", "x\ra", "x\u00fca", "x\"a", "x(a"}) {
            refused("F08 8.2.1 name " + shown(name), bad(1, name, "v"));
        }
        for (String value : new String[] {"a\rb", "a\nb", "a\0b", " a", "a ", "\ta", "a\t", "a\r\nx: y"}) {
            refused("F08 8.2.1 value " + shown(value), bad(1, "x-a", value));
        }
        for (String[] field : new String[][] {
            {"connection", "close"},
            {"connection", "x-user-id"},
            {"keep-alive", "timeout=5"},
            {"proxy-connection", "keep-alive"},
            {"transfer-encoding", "chunked"},
            {"upgrade", "websocket"},
            {"te", "gzip"},
            {"te", "trailers, gzip"}
        }) {
            refused("F09 8.2.2 " + field[0] + ": " + field[1], bad(1, field));
        }
        answered("8.2.2 te: trailers", 1, Frame.headers(1, true, with(":path", "/good", "te", "trailers")));
    }

    private void pseudoFields() {
        refused("8.3 unknown pseudo-field", bad(1, ":test", "v"));
        refused("8.3 pseudo-field of answers", bad(1, ":status", "200"));
        refused("8.3 pseudo-field after a field", Frame.headers(1, true, with("x-a", "b", ":path", BAD)));
        refused("8.3.1 empty path", Frame.headers(1, true, with(":path", "")));
        refused("8.3.1 no path", Frame.headers(1, true, START));
        refused("8.3.1 path without slash", Frame.headers(1, true, with(":path", "bad")));
        refused("8.3.1 path in absolute form", Frame.headers(1, true, with(":path", "http://other/bad")));
        refused("8.3.1 asterisk for GET", Frame.headers(1, true, with(":path", "*")));
        refused("8.3.1 path with space", Frame.headers(1, true, with(":path", "/bad HTTP/1.1\r\nx: y")));
        refused("8.3.1 path with fragment", Frame.headers(1, true, with(":path", "/bad#x")));
        refused("8.3.1 no method", Frame.headers(1, true, ":scheme", "http", ":authority", "localhost", ":path", BAD));
        refused("8.3.1 no scheme", Frame.headers(1, true, ":method", "GET", ":authority", "localhost", ":path", BAD));
        refused("8.3.1 two methods", bad(1, ":method", "GET"));
        refused("8.3.1 two schemes", bad(1, ":scheme", "http"));
        refused("8.3.1 two paths", bad(1, ":path", "/other"));
        refused("8.3.1 two authorities", bad(1, ":authority", "other"));
        refused("8.3.1 host that contradicts", bad(1, "host", "other"));
        refused("8.3.1 two hosts", bad(1, "host", "localhost", "host", "localhost"));
        refused(
                "8.3.1 authority with a user",
                Frame.headers(1, true, ":method", "GET", ":scheme", "http", ":authority", "u@localhost", ":path", BAD));
        refused(
                "8.3.1 neither authority nor host",
                Frame.headers(1, true, ":method", "GET", ":scheme", "http", ":path", BAD));
        refused(
                "8.3.1 method that is no token",
                Frame.headers(1, true, ":method", "G T", ":scheme", "http", ":authority", "localhost", ":path", BAD));
        refused("8.5 CONNECT", Frame.headers(1, true, ":method", "CONNECT", ":authority", "localhost:443"));
        refused(
                "RFC 8441 CONNECT to WebSocket",
                Frame.headers(
                        1,
                        false,
                        ":method",
                        "CONNECT",
                        ":protocol",
                        "websocket",
                        ":scheme",
                        "http",
                        ":authority",
                        "localhost",
                        ":path",
                        BAD));
    }

    private void lengths() {
        refused(
                "F10 8.1.1 shorter than content-length",
                Frame.post(1, BAD, "content-length", "9"),
                Frame.data(1, true, "body"));
        refused(
                "F10 8.1.1 longer than content-length",
                Frame.post(1, BAD, "content-length", "1"),
                Frame.data(1, true, "body"));
        refused(
                "F10 8.1.1 longer in two pieces",
                Frame.post(1, BAD, "content-length", "5"),
                Frame.data(1, false, "body"),
                Frame.data(1, true, "body"));
        refused("F10 8.1.1 content-length without content", bad(1, "content-length", "5"));
        refused(
                "F10 content-length that is no number",
                Frame.post(1, BAD, "content-length", "+4"),
                Frame.data(1, true, "body"));
        refused(
                "F10 two content-lengths",
                Frame.post(1, BAD, "content-length", "4", "content-length", "5"),
                Frame.data(1, true, "body"));
        byte[] tooLong = badBlock("x-a", "b".repeat(8000), "x-b", "b".repeat(9000));
        refused(
                "F06 list of fields longer than allowed",
                begun(1, Arrays.copyOf(tooLong, 9000)),
                Frame.continuation(1, true, Arrays.copyOfRange(tooLong, 9000, tooLong.length)));
        String[] many = new String[220];
        Arrays.setAll(many, i -> i % 2 == 0 ? "x-" + i : "v");
        refused("F06 more fields than allowed", bad(1, many));
    }

    private void blocks() {
        connectionError("RFC 7541 2.3.3 index out of range", COMPRESSION, frame(Frame.HEADERS, 5, 1, 0xfe));
        connectionError(
                "RFC 7541 2.3.3 index of a name out of range",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0x82, 0x86, 0x84, 0x7f, 0x07, 0x00));
        connectionError(
                "RFC 7541 4.2 table size at the end", COMPRESSION, frame(Frame.HEADERS, 5, 1, 0x82, 0x87, 0x84, 0x3e));
        connectionError(
                "RFC 7541 5.2 padding of more than 7 bits",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0x82, 0x87, 0x84, 0x40, 0x02, 'x', 'a', 0x83, 0x1f, 0xff, 0xff));
        connectionError(
                "RFC 7541 5.2 padding of zeros",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0x82, 0x87, 0x84, 0x40, 0x02, 'x', 'a', 0x81, 0x18));
        connectionError(
                "RFC 7541 5.2 end of string as a symbol",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0x82, 0x87, 0x84, 0x40, 0x02, 'x', 'a', 0x84, 0xff, 0xff, 0xff, 0xff));
        connectionError(
                "RFC 7541 5.1 integer without end",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        connectionError(
                "RFC 7541 5.2 string longer than its block",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0x40, 0x7f, 0xff, 0xff, 0x03));
        connectionError("RFC 7541 6.1 index 0", COMPRESSION, frame(Frame.HEADERS, 5, 1, 0x80));
        connectionError(
                "RFC 7541 6.3 table larger than allowed",
                COMPRESSION,
                frame(Frame.HEADERS, 5, 1, 0x3f, 0xe1, 0xff, 0x03, 0x82, 0x87, 0x84));
    }

    private static String[] with(String... more) {
        String[] all = Arrays.copyOf(START, START.length + more.length);
        System.arraycopy(more, 0, all, START.length, more.length);
        return all;
    }

    private static String shown(String text) {
        return "'" + text.replaceAll("[^ -~]", ".") + "'";
    }
}
