package dev.lintel.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Request lines, hosts, header fields and methods that must not be believed, and some unusual ones that must, as data. */
final class HostileHeads extends RowTable {

    private HostileHeads() {}

    static List<HostileRow> all() {
        HostileHeads table = new HostileHeads();
        table.paths();
        table.queries();
        table.requestLines();
        table.hosts();
        table.headerLines();
        table.headSizes();
        table.methods();
        return table.rows();
    }

    private void paths() {
        for (String target : new String[] {
            "/a/../b",
            "/a/./b",
            "/.",
            "/..",
            "/a/..",
            "/a/..;/b",
            "/a/..;x=1/b",
            "/..;/",
            "/public;/../admin/x",
            "/admin;/x",
            "/;/admin",
            "/a;jsessionid=1/b",
            "/admin;a=b",
            "/a%2fb",
            "/a%2Fb",
            "/admin%2f..%2f",
            "/a%5cb",
            "/a\\b",
            "/..\\admin",
            "/a%00b",
            "/a%0d%0ab",
            "//a",
            "/a//b",
            "/%2e%2e/",
            "/a/%2E%2e/b",
            "/%252e%252e/",
            "/%25%32%66",
            "/%c0%ae",
            "/%e0%80%ae",
            "/%ed%a0%80",
            "/%ff",
            "/%u002e%u002e/",
            "/%zz",
            "/%2",
            "/%",
            "/a#b",
            "/admin#x",
            "/caf\u00c3\u00a9",
            "/caf\u00e9",
            "/a|b",
            "/a{b}",
            "/a<b",
            "/a\"b",
            "/a^b",
            "/a`b"
        }) {
            get("A01-A20 path " + target, target, 400);
        }
        closing("A10 raw NUL in path", "GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400);
        one("A40 full-width slash", request("GET /%EF%BC%8Fadmin HTTP/1.1", "Host: localhost"));
        one("A24 path of 8000 octets", request("GET /" + "a".repeat(7999) + " HTTP/1.1", "Host: localhost"));
        get("A25 many segments", "/" + "a/".repeat(4000), 414);
    }

    private void queries() {
        for (String query :
                new String[] {"a|b", "a={1}", "a=<b>", "a=\"b\"", "a=b^c", "a=`b`", "a=%zz", "a=%", "a\\b", "caf\u00e9"
                }) {
            get("A21 query " + query, "/x?" + query, 400);
        }
        for (String query : new String[] {"a='[b]':@!*$", "a=%00", "a=%2F..%2F&b=+", "?&&=", "u=http://x/y", "%252e"}) {
            one("A22 query " + query, request("GET /x?" + query + " HTTP/1.1", "Host: localhost"));
        }
        one("A24 query of 8000 octets", request("GET /?" + "a".repeat(8000) + " HTTP/1.1", "Host: localhost"));
        one("A25 many parameters", request("GET /?" + "a&".repeat(4000) + " HTTP/1.1", "Host: localhost"));
    }

    private void requestLines() {
        one("A26 absolute form", request("GET http://localhost/x HTTP/1.1", "Host: localhost"));
        for (String target : new String[] {
            "http://other/x", "http://localhost:81/x", "http://u:p@localhost/x", "ftp://localhost/x",
                    "file:///etc/passwd",
            "http://169.254.169.254/latest", "https://localhost/x", "localhost/x", "x", "localhost:80"
        }) {
            closing("A28 target " + target, request("GET " + target + " HTTP/1.1", "Host: localhost"), 400, 421);
        }
        closing("A29 GET *", request("GET * HTTP/1.1", "Host: localhost"), 400);
        closing("A29 OPTIONS */x", request("OPTIONS */x HTTP/1.1", "Host: localhost"), 400);
        add("A30 OPTIONS *", request("OPTIONS * HTTP/1.1", "Host: localhost"), false, false, 204);
        closing("A32 two spaces", request("GET  HTTP/1.1", "Host: localhost"), 400, 505);
        closing("A32 no target", request("GET HTTP/1.1", "Host: localhost"), 400, 505);
        closing("A32 space in target", request("GET /a b HTTP/1.1", "Host: localhost"), 400, 505);
        closing("A33 HTTP/0.9", "GET /\r\n\r\n", 400, 505);
        for (String version : new String[] {
            "HTTP/1.2", "HTTP/1", "HTTP/2.0", "HTTP/1.01", "HTTP/11", "HTTP/ 1.1", "HTTP/0.9", "HTTPS/1.1", "HTTP/1.1 x"
        }) {
            closing("A34 version " + version, request("GET / " + version, "Host: localhost"), 400, 505);
        }
        add(
                "A38 TLS on the plain port",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                true,
                false,
                400,
                505);
    }

    private void hosts() {
        closing("B01 no Host", request("GET / HTTP/1.1"), 400);
        closing("B02 two Hosts", request("GET / HTTP/1.1", "Host: localhost", "Host: other"), 400);
        closing("B02 the same Host twice", request("GET / HTTP/1.1", "Host: localhost", "Host: localhost"), 400);
        closing("B04 HTTP/1.0 without Host", request("GET / HTTP/1.0"), 400);
        one("B04 HTTP/1.0 with Host", request("GET / HTTP/1.0", "Host: localhost"));
        for (String host :
                new String[] {"", "a b", "a,b", "a/b", "u@a", "a:b", "a:99999", "a\\b", "[::1", "a?b", "a#b"}) {
            closing("B05 Host " + host, request("GET / HTTP/1.1", "Host: " + host), 400);
        }
    }

    private void headerLines() {
        for (String line : new String[] {
            "X-A : v",
            "X-A\t: v",
            " X-A: v",
            "X-A",
            ": v",
            ":",
            "X[A]: v",
            "X\"A: v",
            "X(A): v",
            "X A: v",
            "X\0A: v",
            "X\u007fA: v",
            "X\u0080A: v",
            "X\u00ffA: v",
            "X\rA: v",
            "X_User_ID: root",
            "Transfer_Encoding: chunked",
            "Content_Length: 5",
            "X-A: a\rb",
            "X-A: a\0b",
            "X-A: a\u0001b",
            "X-A: a\u007fb",
            "X-A: a\r\n b",
            "X-A: a\r\n\tb",
            "Connection: x-user-id",
            "Connection: close, host",
            "Connection: content-length",
            "Connection: transfer-encoding",
            "Connection: authorization, x-request-id, cookie",
            "Connection: " + "a,".repeat(1000) + "a"
        }) {
            String shown = line.length() > 40 ? line.substring(0, 40) + "..." : line;
            closing("C01-C16 line " + shown, request("GET / HTTP/1.1", "Host: localhost", line), 400);
        }
        closing("C09 bare LF after a field", "GET / HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n", 400);
        closing("C09 bare LF after the request line", "GET / HTTP/1.1\nHost: localhost\r\n\r\n", 400);
        closing("C09 bare LF at the end", "GET / HTTP/1.1\r\nHost: localhost\r\n\n", 400);
        closing("C10 CR alone", "GET / HTTP/1.1\rHost: localhost\r\r", 400, 505);
        one("C14 empty value", request("GET / HTTP/1.1", "Host: localhost", "X-A:", "X-B: \t ", "X-C: v \t"));
        closing(
                "J19 two credentials",
                request("GET / HTTP/1.1", "Host: localhost", "Authorization: a", "Authorization: b"),
                400);
    }

    private void headSizes() {
        String many = IntStream.range(0, 98).mapToObj(i -> "X-" + i + ": v").collect(Collectors.joining("\r\n"));
        one("C13 100 fields", request("GET / HTTP/1.1", "Host: localhost", many, "X-98: v"));
        closing("C12 101 fields", request("GET / HTTP/1.1", "Host: localhost", many, "X-98: v", "X-99: v"), 431);
        one("C12 value of 8 KiB", request("GET / HTTP/1.1", "Host: localhost", "X-A: " + "a".repeat(8192)));
        closing(
                "C12 head over 16 KiB",
                request("GET / HTTP/1.1", "Host: localhost", "X-A: " + "a".repeat(17_000)),
                431);
        closing("C12 name over 16 KiB", request("GET / HTTP/1.1", "Host: localhost", "a".repeat(17_000) + ": v"), 431);
        closing("A24 target over 8 KiB", request("GET /" + "a".repeat(8192) + " HTTP/1.1", "Host: localhost"), 414);
        closing("A24 query over 8 KiB", request("GET /?" + "a".repeat(8192) + " HTTP/1.1", "Host: localhost"), 414);
        closing("A24 target over 16 KiB", request("GET /" + "a".repeat(17_000) + " HTTP/1.1", "Host: localhost"), 414);
        add("E04 method of 10 KB", request("G".repeat(10_000) + " / HTTP/1.1", "Host: localhost"), false, false, 501);
    }

    private void methods() {
        closing("J8 CONNECT", request("CONNECT localhost:80 HTTP/1.1", "Host: localhost:80"), 405, 501);
        closing("J8 CONNECT /", request("CONNECT / HTTP/1.1", "Host: localhost"), 400, 405, 501);
        closing("E01 TRACE", request("TRACE / HTTP/1.1", "Host: localhost", "Max-Forwards: 0"), 405);
        for (String method : new String[] {"FOO", "get", "PRI", "G=(e)"}) {
            add(
                    "E04 method " + method,
                    request(method + " / HTTP/1.1", "Host: localhost"),
                    false,
                    false,
                    400,
                    405,
                    501);
        }
        one(
                "E06 Upgrade to h2c",
                request(
                        "GET / HTTP/1.1",
                        "Host: localhost",
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"));
        one(
                "E08 Upgrade to WebSocket that the upstream does not take",
                request(
                        "GET / HTTP/1.1",
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        closing("E14 unknown expectation", request("GET / HTTP/1.1", "Host: localhost", "Expect: foo"), 417);
        closing(
                "D30 listed expectation",
                request("POST / HTTP/1.1", "Host: localhost", "Expect: 100-continue, x", "Content-Length: 44")
                        + SMUGGLED,
                417);
        one(
                "E16 many ranges",
                request("GET / HTTP/1.1", "Host: localhost", "Range: bytes=" + "0-,".repeat(1000) + "0-"));
    }
}
