package dev.lintel.demo;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Makes the calls that {@link Welcome} prints, and some that try to cheat, and compares what comes with what should. */
final class Smoke {

    private static final Duration UNTIL_READY = Duration.ofSeconds(30);

    private final Demo demo;
    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private boolean passed = true;

    private Smoke(Demo demo, PrintStream out) {
        this.demo = demo;
        this.out = out;
    }

    static Smoke of(Demo demo, PrintStream out) {
        return new Smoke(demo, out);
    }

    /** Makes all calls; false if anything was not as expected. */
    boolean run() {
        try {
            awaitReady();
            tokens();
            orders();
            routing();
            products();
            identity();
        } catch (IOException | ParseException failed) {
            check("all calls are answered", "answers", failed.getClass().getSimpleName() + ": " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            check("all calls are made", "calls", "interrupted");
        }
        out.println(passed ? "smoke: all as expected" : "smoke: DIFFERENT from what was expected");
        return passed;
    }

    /** The gateway fetches the keys of tokens in the background; a request waits no longer than a second for them. */
    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + UNTIL_READY.toNanos();
        while (ready() != 200 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private int ready() throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(demo.gateway().adminUri().resolve("/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void tokens() throws IOException, InterruptedException {
        status("users, token", 200, "/api/users/1", "Authorization", bearer("sub=alice&role=admin"));
        var refused = status("users, no token", 401, "/api/users/1");
        check(
                "users, no token: WWW-Authenticate",
                true,
                header(refused, "WWW-Authenticate").startsWith("Bearer"));
        status("users, expired token", 401, "/api/users/1", "Authorization", bearer("sub=alice&ttl=-3600"));
        status("orders, token of another role", 403, "/api/orders/1", "Authorization", bearer("sub=bob&role=user"));
    }

    private void orders() throws IOException, InterruptedException, ParseException {
        List<Object> instances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var answer = status("orders, admin", 200, "/api/orders/1", "Authorization", bearer("sub=alice&role=admin"));
            instances.add(json(answer).get("instance"));
        }
        boolean inTurn =
                new HashSet<>(instances).size() == 2 && instances.subList(0, 2).equals(instances.subList(2, 4));
        check("orders: instances " + instances + " in turn", true, inTurn);
    }

    private void routing() throws IOException, InterruptedException {
        status("no route", 404, "/nowhere");
        status("ambiguous path", 400, "/api/users%2f..%2forders/1");
        HttpRequest post = request("/api/products/1", "X-API-Key", DemoGateway.API_KEY)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var refused = client.send(post, HttpResponse.BodyHandlers.ofString());
        check("products, POST", 405, refused.statusCode());
        check("products, POST: Allow", "GET, HEAD", header(refused, "Allow"));
        check("admin: ready", 200, ready());
    }

    private void products() throws IOException, InterruptedException {
        status("products, no key", 401, "/api/products/1");
        status("products, wrong key", 401, "/api/products/1", "X-API-Key", "guess");
        for (int i = 1; i <= 5; i++) {
            status("products, key, call " + i, 200, "/api/products/1", "X-API-Key", DemoGateway.API_KEY);
        }
        var refused = status("products, key, call 6", 429, "/api/products/1", "X-API-Key", DemoGateway.API_KEY);
        check(
                "products, key, call 6: Retry-After",
                false,
                header(refused, "Retry-After").isEmpty());
    }

    private void identity() throws IOException, InterruptedException, ParseException {
        var open = status("public, forged identity", 200, "/public/info", "X-User-ID", "root", "x.user.role", "admin");
        check("public: identity that arrived", List.of(), identities(open));
        status("public, identity with underscores", 400, "/public/info", "X_User_ID", "root");
        var own = status(
                "users, token and forged identity",
                200,
                "/api/users/1?a=b",
                "X-User-ID",
                "root",
                "Authorization",
                bearer("sub=alice&role=admin"));
        check("users: identity that arrived", List.of("X-User-ID=[alice]", "X-User-Role=[admin]"), identities(own));
        check(
                "users: path that arrived",
                "/users/1?a=b",
                json(own).get("path") + "?" + json(own).get("query"));
    }

    private HttpResponse<String> status(String what, int expected, String path, String... headers)
            throws IOException, InterruptedException {
        var answer = client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
        check(what, expected, answer.statusCode());
        return answer;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(demo.gateway().uri() + path)).timeout(Duration.ofSeconds(10));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private String bearer(String query) throws IOException, InterruptedException {
        HttpRequest token = HttpRequest.newBuilder(URI.create(demo.issuer().url() + "/token?" + query))
                .build();
        return "Bearer "
                + client.send(token, HttpResponse.BodyHandlers.ofString()).body();
    }

    private void check(String what, Object expected, Object seen) {
        boolean same = Objects.equals(expected, seen);
        passed &= same;
        out.printf("%-9s  %-48s  expected %s, seen %s%n", same ? "ok" : "DIFFERENT", what, expected, seen);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static Map<String, Object> json(HttpResponse<String> answer) throws ParseException {
        return JSONObjectUtils.parse(answer.body());
    }

    /** Every header the service received that some server would take for the caller's identity. */
    private static List<String> identities(HttpResponse<String> answer) throws ParseException {
        Map<String, Object> headers = JSONObjectUtils.getJSONObject(json(answer), "headers");
        if (headers == null) {
            return List.of("no service answered");
        }
        return headers.entrySet().stream()
                .filter(field -> field.getKey()
                        .replaceAll("[^A-Za-z]", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith("xuser"))
                .map(field -> field.getKey() + "=" + field.getValue())
                .sorted()
                .toList();
    }
}
