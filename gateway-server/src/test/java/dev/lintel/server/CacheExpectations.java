package dev.lintel.server;

import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ReceivedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds an answer against what a row expects of it. */
final class CacheExpectations {

    private final CacheRow row;
    private final int number;
    private final CacheRow.Step step;
    private final RawResponse response;
    private final CacheOrigin origin;
    private final List<String> problems = new ArrayList<>();

    CacheExpectations(CacheRow row, int number, RawResponse response, CacheOrigin origin) {
        this.row = row;
        this.number = number;
        this.step = row.steps().get(number);
        this.response = response;
        this.origin = origin;
    }

    List<String> problems() {
        status();
        body();
        for (String part : step.expected()) {
            expect(part);
        }
        origin.answered(number).forEach(line -> {
            if (origin.received().containsKey(number) && !isSaid(line)) {
                problems.add("the origin's " + line);
            }
        });
        return problems;
    }

    private void status() {
        String expected = step.expected().stream()
                .filter(part -> part.startsWith("status "))
                .findFirst()
                .orElseGet(() -> step.answer().stream()
                        .filter(part -> part.startsWith("status "))
                        .findFirst()
                        .orElse("status 200"));
        need(expected.equals("status any") || expected.equals("status " + response.status()), expected);
    }

    private void body() {
        String expected = "body of " + row.name();
        for (String part : step.answer()) {
            expected = part.startsWith("body ") ? part.substring(5) : expected;
        }
        for (String part : step.expected()) {
            expected = part.startsWith("body ") ? part.substring(5) : expected;
        }
        boolean none = response.status() == 304
                || response.status() == 204
                || step.request().get(0).startsWith("HEAD")
                || step.expected().contains("body-any");
        need(none || response.bodyText().equals(expected), "body " + expected);
        need(response.complete(), "a whole answer");
    }

    private void expect(String part) {
        ReceivedRequest seen = origin.received().get(number);
        boolean counted = response.hasHeader("Count");
        int count = counted ? Integer.parseInt(response.header("Count")) : 0;
        String rest = part.substring(part.indexOf(' ') + 1);
        if (part.equals("kept")) {
            need(counted ? count < number + 1 : response.status() == 304, part);
        } else if (part.equals("new")) {
            need(count == number + 1 && seen != null, part);
        } else if (part.equals("by-tag") || part.equals("by-date")) {
            String field = part.equals("by-tag") ? "If-None-Match" : "If-Modified-Since";
            need(seen != null && seen.hasHeader(field), part);
        } else if (part.startsWith("has ")) {
            has(rest);
        } else if (part.startsWith("lacks ")) {
            int colon = rest.indexOf(": ");
            need(colon < 0 ? !response.hasHeader(rest) : !isSaid(rest), part);
        } else if (part.startsWith("asked ")) {
            int colon = rest.indexOf(": ");
            need(
                    seen != null
                            && (colon < 0
                                    ? seen.hasHeader(rest)
                                    : String.join(", ", seen.headers(rest.substring(0, colon)))
                                            .equals(rest.substring(colon + 2))),
                    part);
        } else if (part.startsWith("method ")) {
            need(seen != null && seen.method().equals(rest), part);
        } else if (part.startsWith("interim ")) {
            need(
                    rest.equals(String.join(
                            ",",
                            response.interim().stream()
                                    .map(each -> Integer.toString(each.status()))
                                    .toList())),
                    part);
        } else if (part.equals("interim")) {
            need(response.interim().isEmpty(), part);
        }
    }

    private void has(String rest) {
        if (rest.contains(" > ")) {
            String[] parts = rest.split(" > ", 2);
            need(
                    response.hasHeader(parts[0])
                            && Long.parseLong(response.header(parts[0])) > Long.parseLong(parts[1]),
                    rest);
        } else if (rest.contains(": ")) {
            Instant made = response.hasHeader("Origin-Now")
                    ? Instant.ofEpochSecond(Long.parseLong(response.header("Origin-Now")))
                    : Instant.EPOCH;
            String renamed = rest.replace("client-request-count: ", "Count: ");
            need(isSaid(CacheOrigin.field(renamed, made, "")), rest);
        } else {
            need(response.hasHeader(rest), rest);
        }
    }

    private boolean isSaid(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon);
        String value = line.substring(colon + 1).strip();
        List<String> lines = response.headers(name);
        return lines.contains(value) || String.join(", ", lines).equals(value);
    }

    private void need(boolean holds, String what) {
        if (!holds) {
            problems.add(what);
        }
    }
}
