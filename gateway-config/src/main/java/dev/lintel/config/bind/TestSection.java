package dev.lintel.config.bind;

import dev.lintel.config.tree.MapNode;
import dev.lintel.config.tree.Node;
import dev.lintel.config.tree.ScalarNode;
import dev.lintel.request.HeaderSyntax;
import dev.lintel.request.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code tests}: requests and what should become of them. Reads only. */
final class TestSection {

    private static final String REQUEST = "a method and a target, such as GET /orders/1?page=2";

    private final Scope scope;
    private final Set<String> routes;
    private final List<RouteTest> tests = new ArrayList<>();

    TestSection(Scope scope, Set<String> routes) {
        this.scope = scope;
        this.routes = routes;
    }

    List<RouteTest> tests() {
        return tests;
    }

    void read(List<Node> items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof MapNode map) {
                read(new Fields(map, "tests[" + i + "]", "test", scope));
            } else {
                scope.wrong(
                        "tests", items.get(i), "a map such as { request: GET /orders/1, expect: { route: orders } }");
            }
        }
    }

    private void read(Fields fields) {
        ScalarNode request = fields.scalar("request", REQUEST);
        ScalarNode name = fields.scalar("name", "a text");
        Map<String, String> headers = headers(fields);
        ScalarNode client = fields.scalar("clientAddress", "an address");
        if (client != null && IpAddress.parse(client.text()) == null) {
            scope.wrong("clientAddress", client, "an address");
        }
        Fields expect = fields.map("expect", "{ route: orders, status: 200, upstreamPath: /1 }");
        fields.finish();
        if (!fields.has("request") || !fields.has("expect")) {
            String missing = fields.has("request") ? "expect" : "request";
            scope.error("missing-key", fields.map(), "test without " + missing, missing + ": ...");
        }
        if (request == null || expect == null) {
            return;
        }
        String[] parts = request.text().split(" ", -1);
        if (parts.length != 2 || !HeaderSyntax.isName(parts[0]) || !parts[1].startsWith("/")) {
            scope.wrong("request", request, REQUEST);
            return;
        }
        @Nullable String[] texts = {null, null};
        @Nullable Integer[] status = {null};
        ScalarNode route = expect.scalar("route", "the id of a route, or none");
        expect.number("status", value -> status[0] = value);
        expect.text("upstreamPath", value -> texts[1] = value);
        expect.finish();
        if (route != null) {
            texts[0] = route.text();
            if (!routes.contains(route.text()) && !route.text().equals(RouteTest.NO_ROUTE)) {
                scope.unknown("unknown-route", route, "route", route.shown(), routes);
            }
        }
        if (status[0] != null && (status[0] < 100 || status[0] > 599)) {
            scope.error("bad-value", expect.map(), "status: " + status[0], "100 to 599");
        }
        tests.add(new RouteTest(
                name == null ? request.text() : name.text(),
                fields.map().position(),
                parts[0],
                parts[1],
                headers,
                client == null ? null : client.text(),
                texts[0],
                status[0],
                texts[1]));
    }

    private Map<String, String> headers(Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        Fields given = fields.map("headers", "a map of names and values");
        if (given != null) {
            for (MapNode.Entry entry : given.map().entries()) {
                if (entry.value() instanceof ScalarNode value && HeaderSyntax.isName(entry.name())) {
                    headers.put(entry.name(), value.text());
                } else {
                    scope.error("bad-value", entry.key(), "headers: " + entry.name(), "a field's name and value");
                }
                if (entry.name().equalsIgnoreCase("authorization")
                        || entry.name().equalsIgnoreCase("cookie")) {
                    scope.hide(entry.value());
                }
            }
        }
        return headers;
    }
}
