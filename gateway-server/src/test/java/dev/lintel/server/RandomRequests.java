package dev.lintel.server;

import dev.lintel.HeaderField;
import dev.lintel.explain.RequestDescription;
import dev.lintel.testing.RawRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests of all kinds, the same for the same seed. */
final class RandomRequests {

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "OPTIONS", "PATCH", "TRACE",
            "BREW");

    /** How many of the methods are served. */
    private static final int KNOWN = 12;

    private static final List<String> PATHS = List.of(
            "/items/1",
            "/items/1",
            "/items/2",
            "/items/%41",
            "/items/1/",
            "/items",
            "/api/orders/7",
            "/api/orders/7",
            "/api",
            "/api/",
            "/apix",
            "/files/a/b",
            "/files/a%2Fb",
            "/items/a%2Fb",
            "/fixed",
            "/old/place",
            "/small",
            "/rest/of/it",
            "/",
            "/a//b",
            "/a/../b",
            "/a/./b",
            "/a;x=1/b",
            "/a/%2e%2e/b",
            "/%25zz",
            "/versioned/1",
            "/versioned/1",
            "/office");

    private static final List<String> QUERIES = List.of(
            "",
            "",
            "",
            "?a=1",
            "?v=2",
            "?v=2&v=2",
            "?debug=1&x=%20y",
            "?debug",
            "?key=" + ForetoldFilters.KEY,
            "?key=wrong-key",
            "?access_token=abcdef",
            "?a=%00",
            "?");

    private static final List<String> FIELDS = List.of(
            "Accept: text/html",
            "Accept: a/b",
            "User-Agent: test/1.0",
            "Origin: https://app.example.com",
            "Origin: https://evil.example",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Method: DELETE",
            "Access-Control-Request-Headers: X-Version",
            "X-User-ID: root",
            "x.user.id: root",
            "X-User-Role: admin",
            "X-Version: 2",
            "X-Version: 1",
            "X-Odd-One: 1",
            "X-Odd: 2",
            "X-Odd: 2",
            "Cookie: session=abcdef; kind=b",
            "Cookie: kind=c",
            "X-API-Key: " + ForetoldFilters.KEY,
            "X-API-Key: wrong-key",
            "X-Api-Key: " + ForetoldFilters.KEY + ", b",
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-For: 198.51.100.4, 203.0.113.9",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: shop.example.com",
            "X-Forwarded-Port: 8443",
            "Forwarded: for=192.0.2.1;proto=https",
            "X-Real-IP: 1.2.3.4",
            "Connection: keep-alive",
            "Connection: X-User-ID",
            "TE: trailers",
            "Via: 1.1 other",
            "Max-Forwards: 0",
            "Max-Forwards: 7",
            "X-Request-Id: mine-1",
            "X-Request-Id: not{acceptable}",
            "X-Tenant: spoofed",
            "X-Route: spoofed",
            "X-Under_score: 1",
            "Range: bytes=0-1");

    private static final List<String> HOSTS = List.of(
            "localhost", "localhost", "localhost", "Office.Example.com", "a.wild.example.org", "wild.example.org");

    private final Random random;
    private final List<String> tokens;

    RandomRequests(long seed, List<String> tokens) {
        this.random = new Random(seed);
        this.tokens = tokens;
    }

    RequestDescription next() {
        String method = one(METHODS);
        // of a target that it takes for ambiguous itself, the server in front does not tell the method
        String path = METHODS.indexOf(method) < KNOWN ? one(PATHS) : "/items/1";
        RequestDescription request =
                RequestDescription.of(method, path + one(QUERIES)).header("Host", one(HOSTS));
        if (random.nextInt(20) == 0) {
            request = request.header("Connection", "Upgrade").header("Upgrade", "websocket");
        }
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            request = with(request, one(FIELDS));
        }
        for (int i = random.nextInt(8) == 0 ? 2 : random.nextInt(2); i > 0; i--) {
            request = request.header("Authorization", "Bearer " + one(tokens));
        }
        if (method.equals("OPTIONS") && random.nextBoolean()) {
            request =
                    request.header("Origin", "https://app.example.com").header("Access-Control-Request-Method", "PUT");
        }
        boolean body = List.of("POST", "PUT", "PATCH").contains(method);
        if (body && random.nextBoolean()) {
            request = request.header("Content-Type", "text/plain");
        }
        if (body) {
            request = random.nextInt(4) == 0
                    ? request.header("Transfer-Encoding", "chunked")
                    : request.header("Content-Length", "5");
        }
        return request;
    }

    private static RequestDescription with(RequestDescription request, String line) {
        int colon = line.indexOf(':');
        return request.header(line.substring(0, colon), line.substring(colon + 2));
    }

    /** The same as bytes. */
    static RawRequest raw(RequestDescription request) {
        List<String> lines = new ArrayList<>();
        for (HeaderField field : request.headers()) {
            lines.add(field.name() + ": " + field.value());
        }
        RawRequest raw = RawRequest.raw(
                request.method() + " " + request.target() + " " + request.protocol(), lines.toArray(String[]::new));
        if (!request.values("Transfer-Encoding").isEmpty()) {
            return raw.following("1\r\nh\r\n2\r\nel\r\n0\r\n\r\n");
        }
        return request.values("Content-Length").isEmpty() ? raw : raw.following("hello");
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
