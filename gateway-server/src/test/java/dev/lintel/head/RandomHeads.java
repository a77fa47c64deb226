package dev.lintel.head;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Conversations of a few requests: mostly usual heads, some of which have been spoilt, with bodies or without. */
final class RandomHeads {

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get", "GETS", "PRI", "X", "");
    private static final List<String> TARGETS = List.of(
            "/",
            "/orders/7?page=2",
            "/a%20b",
            "/a;b=c",
            "//x",
            "*",
            "http://h/x",
            "/é",
            "/a b",
            "/a\tb",
            "",
            "/~a|b\"c^d`{}",
            "/\u007f",
            "/" + "p".repeat(300));
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "http/1.1",
            "HTTP/1.10",
            "");
    private static final List<String> NAMES = List.of(
            "Accept",
            "accept",
            "ACCEPT-ENCODING",
            "User-Agent",
            "Authorization",
            "X-Request-Id",
            "x-y_z",
            "Cookie",
            "Content-Type",
            "Connection",
            "X-Refused",
            "Content-Encoding",
            "Forwarded",
            "Expect",
            "Upgrade",
            "Trailer",
            "TE",
            "Host",
            "Via",
            "A",
            "Content Length",
            "Content-Length ",
            "X[]",
            "X(",
            "",
            "Cönnection",
            "HTTP2-Settings",
            "Keep-Alive",
            "Proxy-Authorization");
    private static final List<String> VALUES = List.of(
            "*/*",
            "gzip",
            "GZIP",
            "text/html",
            "application/json",
            "Bearer " + "aB3_-.".repeat(100),
            "a b  c",
            "",
            " ",
            "  x",
            "x ",
            "\tx",
            "x\ty",
            "é",
            "\u0000",
            "\u007f",
            "keep-alive",
            "close",
            "100-continue",
            "websocket",
            "trailers",
            "v".repeat(700),
            "a, b;q=0.5",
            "\"quoted\"",
            "x\ny",
            "localhost",
            "h:1");
    private static final List<String> HOSTS = List.of(
            "h",
            "h",
            "h",
            "localhost",
            "example.com:8080",
            "[::1]:80",
            "h:",
            "h:x",
            "h:99999",
            "",
            "a b",
            "a@b",
            "é",
            "a,b",
            "[::1");
    private static final List<String> LENGTHS = List.of(
            "0",
            "5",
            "5",
            "5",
            "05",
            "+5",
            "-1",
            "5 ",
            "5, 5",
            "5x",
            "0x5",
            "",
            "12345678901234567890",
            "999999999999999999");
    private static final List<String> CODINGS =
            List.of("chunked", "Chunked", "gzip, chunked", "identity", "chunked, gzip", "xchunked");
    private static final List<String> ENDS = List.of("\n", "\r", "\r\r\n", "\n\r", "", " \r\n", "\r\n ", "\0\r\n");

    private static final List<String> LEADING = List.of("\r", "\n", "\r\n", "\r\n\r\n", "\r\n".repeat(40));
    private static final List<String> ODD_LINES = List.of(
            "Content-Length: 5",
            "Content-Length: 6",
            "Content-Length: 99999999999999999999",
            "Content-Length: 9223372036854775808",
            "Content-Length: 5, 5",
            "Host: h",
            "Host: other",
            "Transfer-Encoding: chunked",
            "Upgrade: h2c",
            "Expect: 100-continue",
            "Connection: close",
            " folded",
            "\tfolded",
            "No-Colon",
            ": no name",
            "Spaced : x",
            "X: \u0085",
            "X: a\0b");

    private final RandomGenerator random;

    RandomHeads(RandomGenerator random) {
        this.random = random;
    }

    /** Octets of a connection in pieces. */
    List<byte[]> conversation() {
        List<byte[]> pieces = new ArrayList<>();
        while (random.nextInt(8) == 0) {
            pieces.add(one(LEADING).getBytes(StandardCharsets.ISO_8859_1));
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        boolean spoilt = random.nextInt(3) > 0;
        String same = random.nextBoolean() ? head(false) : "";
        for (int requests = 1 + random.nextInt(4); requests > 0; requests--) {
            String head = same.isEmpty() || random.nextInt(4) == 0 ? head(spoilt && random.nextInt(2) == 0) : same;
            String sent = spoilt && random.nextInt(3) == 0 ? spoilt(head) : head;
            octets.writeBytes(sent.getBytes(StandardCharsets.ISO_8859_1));
        }
        cut(octets.toByteArray(), pieces);
        return pieces;
    }

    private String head(boolean odd) {
        StringBuilder head = new StringBuilder();
        if (odd && random.nextInt(20) == 0) {
            head.append(one(ENDS));
        }
        head.append(odd ? one(METHODS) : "GET").append(' ');
        head.append(odd ? one(TARGETS) : TARGETS.get(random.nextInt(4))).append(' ');
        head.append(odd ? one(VERSIONS) : "HTTP/1.1").append(end(odd));
        int hosts = odd && random.nextInt(10) == 0 ? random.nextInt(3) : 1;
        for (int i = 0; i < hosts; i++) {
            head.append("Host: ")
                    .append(odd && random.nextInt(3) == 0 ? one(HOSTS) : "h")
                    .append(end(odd));
        }
        for (int i = random.nextInt(random.nextInt(30) == 0 ? 90 : 9); i > 0; i--) {
            String name = odd && random.nextInt(4) == 0 ? one(NAMES) : NAMES.get(random.nextInt(10));
            String value = odd && random.nextInt(4) == 0 ? one(VALUES) : VALUES.get(random.nextInt(7));
            head.append(name)
                    .append(random.nextInt(5) == 0 ? ":" : ": ")
                    .append(value)
                    .append(end(odd));
        }
        String body = "";
        int framing = random.nextInt(6);
        if (framing == 0) {
            head.append("Content-Length: ").append(odd ? one(LENGTHS) : "5").append(end(odd));
            body = random.nextInt(8) == 0 ? "ab!!c" : "abcde";
        }
        if (framing == 1 || odd && random.nextInt(12) == 0) {
            head.append("Transfer-Encoding: ")
                    .append(odd ? one(CODINGS) : "chunked")
                    .append(end(odd));
            body = "3\r\nabc\r\n0\r\n" + (random.nextBoolean() ? "X-T: 1\r\n" : "") + "\r\n";
        }
        return head.append(end(odd)).append(body).toString();
    }

    private String end(boolean odd) {
        return odd && random.nextInt(40) == 0 ? one(ENDS) : "\r\n";
    }

    /** Puts an odd line or one character in, takes one out, or changes one. */
    private String spoilt(String head) {
        if (random.nextBoolean()) {
            int line = head.indexOf("\r\n", random.nextInt(head.length()));
            return line < 0 ? head : head.substring(0, line) + "\r\n" + one(ODD_LINES) + head.substring(line);
        }
        int at = random.nextInt(head.length());
        String octet = String.valueOf((char) random.nextInt(256));
        return switch (random.nextInt(3)) {
            case 0 -> head.substring(0, at) + octet + head.substring(at);
            case 1 -> head.substring(0, at) + head.substring(at + 1);
            default -> head.substring(0, at) + octet + head.substring(at + 1);
        };
    }

    private void cut(byte[] octets, List<byte[]> pieces) {
        int longest = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : octets.length + 1;
        for (int from = 0; from < octets.length; ) {
            int to = Math.min(octets.length, from + 1 + random.nextInt(longest));
            to = longest > octets.length && random.nextInt(4) > 0 ? octets.length : to;
            pieces.add(Arrays.copyOfRange(octets, from, to));
            from = to;
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
