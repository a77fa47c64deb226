package dev.lintel.server;

import java.util.ArrayList;
import java.util.List;

/** A table of requests, being filled. */
abstract class RowTable {

    static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<HostileRow> rows = new ArrayList<>();

    final List<HostileRow> rows() {
        return rows;
    }

    final void get(String name, String target, Integer... statuses) {
        add(name, request("GET " + target + " HTTP/1.1", "Host: localhost"), false, false, statuses);
    }

    final void closing(String name, String request, Integer... statuses) {
        add(name, request, true, false, statuses);
    }

    final void one(String name, String request) {
        add(name, request, false, true, 200);
    }

    static String request(String requestLine, String... lines) {
        StringBuilder head = new StringBuilder(requestLine).append("\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    final void add(String name, String request, boolean closes, boolean reaches, Integer... statuses) {
        rows.add(new HostileRow(name.replaceAll("[^ -~]", "."), request, List.of(statuses), closes, reaches));
    }
}
