package dev.lintel.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lengths, codings and chunks that must not be believed, and some unusual ones that must, as data. */
final class HostileFraming extends RowTable {

    /** The path of requests whose body is wrong. */
    static final String WRONG_BODY = "/wrong-body";

    private HostileFraming() {}

    static List<HostileRow> all() {
        HostileFraming table = new HostileFraming();
        table.lengths();
        table.codings();
        table.chunks();
        return table.rows();
    }

    private void lengths() {
        framing(
                "D01 length and chunked",
                400,
                "5\r\nhello\r\n0\r\n\r\n",
                "Content-Length: 5",
                "Transfer-Encoding: chunked");
        framing("D01 chunked and length", 400, "0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Length: 5");
        framing("D02 CL.TE", 400, "0\r\n\r\n" + SMUGGLED, "Content-Length: 6", "Transfer-Encoding: chunked");
        framing("D04 two lengths", 400, "hello!", "Content-Length: 5", "Content-Length: 6");
        framing("D04 the same length twice", 400, "hello", "Content-Length: 5", "Content-Length: 5");
        framing("D04 list of lengths", 400, "hello", "Content-Length: 5, 5");
        framing("D04 list of different lengths", 400, "hello!", "Content-Length: 5, 6");
        for (String length : new String[] {
            "+5",
            "-5",
            "-0",
            "0x5",
            "5 5",
            "5.0",
            "5e0",
            "1_0",
            "05",
            "00",
            "",
            "99999999999999999999",
            "9223372036854775808",
            "5;",
            "\u0665"
        }) {
            framing("D05 length " + length, 400, "hello", "Content-Length: " + length);
        }
    }

    private void codings() {
        for (String coding : new String[] {
            "xchunked",
            "chunked, gzip",
            "gzip, chunked",
            "identity",
            "chunk",
            "\"chunked\"",
            "chunked;q=1",
            "chunked chunked",
            "chunked, chunked",
            ",chunked",
            "chunked,",
            "\u000bchunked",
            "chunked\u000b",
            "\u000cchunked",
            "\u00a0chunked",
            "chunked\u00a0",
            "\u0085chunked",
            "\u00ffchunked",
            "\0chunked",
            "chunked\0",
            "chunked\u007f",
            ""
        }) {
            framing("D06-D10 coding " + coding, 0, "0\r\n\r\n" + SMUGGLED, "Transfer-Encoding: " + coding);
        }
        framing("D09 chunked twice", 400, "0\r\n\r\n", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked");
        framing(
                "D09 chunked and identity",
                0,
                "0\r\n\r\n",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: identity");
        closing(
                "D12 chunked in HTTP/1.0",
                request("POST / HTTP/1.0", "Host: localhost", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                400);
        one(
                "D13 mixed case",
                request("POST / HTTP/1.1", "Host: localhost", "TrAnSfEr-EnCoDiNg: ChUnKeD") + "2\r\nhi\r\n0\r\n\r\n");
        one("D24 no length", request("POST / HTTP/1.1", "Host: localhost"));
    }

    private void chunks() {
        for (String size :
                new String[] {"Z", "0x2", "+2", "-1", " 2", "2 ", "2_0", "", "12345678901234567", "0".repeat(100) + "2"
                }) {
            body("D14 chunk size '" + size + "'", size + "\r\nhi\r\n0\r\n\r\n");
        }
        body("D16 data longer than its size", "2\r\nhello\r\n0\r\n\r\n");
        body("D16 no line end after data", "2\r\nhi0\r\n\r\n");
        body("D16 other characters for the line end", "2\r\nhiXX0\r\n\r\n");
        body("D16 LF after the size", "2\nhi\r\n0\r\n\r\n");
        body("D16 LF after the data", "2\r\nhi\n0\r\n\r\n");
        body("D17 LF in an extension", "2;a=b\nhi\r\n0\r\n\r\n");
        body("D17 CR in an extension", "2;a\rb\r\nhi\r\n0\r\n\r\n");
        body("D17 control in an extension", "2;a=\u0001\r\nhi\r\n0\r\n\r\n");
        body("D17 open quote in an extension", "2;a=\"b\r\nhi\r\n0\r\n\r\n" + SMUGGLED);
        body("D18 extension of 64 KiB", "2;a=" + "b".repeat(65_536) + "\r\nhi\r\n0\r\n\r\n");
        one("D17 extension", chunked("/", "2;a=b\r\nhi\r\n0\r\n\r\n"));
        one("D17 quoted extension", chunked("/", "2;a=\"b\"\r\nhi\r\n0\r\n\r\n"));
        one("D20 trailer", chunked("/", "2\r\nhi\r\n0\r\nX-Trailer: v\r\n\r\n"));
    }

    /** A framing that may be refused by 400, or as a coding not understood. */
    private void framing(String name, int status, String body, String... lines) {
        List<String> head = new ArrayList<>(List.of("Host: localhost"));
        head.addAll(Arrays.asList(lines));
        String request = request("POST / HTTP/1.1", head.toArray(String[]::new)) + body;
        add(name, request, true, false, status == 0 ? new Integer[] {400, 501} : new Integer[] {status});
    }

    /** A body that is found wrong only when it is read. */
    private void body(String name, String chunks) {
        add(name, chunked(WRONG_BODY, chunks), true, false, 400);
    }

    private static String chunked(String path, String chunks) {
        return request("POST " + path + " HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked") + chunks;
    }
}
