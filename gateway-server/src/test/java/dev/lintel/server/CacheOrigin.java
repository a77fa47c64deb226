package dev.lintel.server;

import dev.lintel.testing.Answer;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.ReceivedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers what a row says, and counts. The client says by {@code Step} which step it is at. */
final class CacheOrigin {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC_850 = DateTimeFormatter.ofPattern(
                    "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final CacheRow row;
    private final MutableClock clock;
    private final Map<Integer, ReceivedRequest> received = new HashMap<>();
    private final Map<Integer, List<String>> answered = new HashMap<>();

    CacheOrigin(CacheRow row, MutableClock clock) {
        this.row = row;
        this.clock = clock;
    }

    synchronized Map<Integer, ReceivedRequest> received() {
        return Map.copyOf(received);
    }

    /** The fields that the client is to see. */
    synchronized List<String> answered(int step) {
        return answered.getOrDefault(step, List.of());
    }

    synchronized Answer answer(ReceivedRequest request) {
        int step = Integer.parseInt(request.header("Step"));
        received.put(step, request);
        CacheRow.Step now = row.steps().get(step);
        int status = 200;
        String body = "body of " + row.name();
        boolean closes = false;
        List<String> lines = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        List<Answer> interim = new ArrayList<>();
        for (String part : now.answer()) {
            if (part.startsWith("status ")) {
                status = Integer.parseInt(part.substring(7));
            } else if (part.startsWith("after ")) {
                clock.advance(Duration.ofSeconds(Integer.parseInt(part.substring(6))));
            } else if (part.startsWith("body ")) {
                body = part.substring(5);
            } else if (part.startsWith("interim ")) {
                String[] head = part.split(" ", 3);
                interim.add(
                        Answer.head(Integer.parseInt(head[1]), head.length < 3 ? new String[0] : head[2].split(" ~ ")));
            } else if (part.equals("close")) {
                closes = true;
            } else {
                String line = field(part.startsWith("~") ? part.substring(1) : part, clock.instant(), request.target());
                lines.add(line);
                if (!part.startsWith("~")) {
                    seen.add(line);
                }
            }
        }
        if (closes) {
            return Answer.close();
        }
        if (validates(now)) {
            status = isConditional(request, step) ? 304 : 418;
        }
        answered.put(step, seen);
        lines.add("Count: " + (step + 1));
        lines.add("Origin-Now: " + clock.instant().getEpochSecond());
        return whole(status, body, lines, interim);
    }

    private static Answer whole(int status, String body, List<String> lines, List<Answer> interim) {
        String[] head = lines.toArray(String[]::new);
        String length = lines.stream()
                .filter(line -> line.startsWith("Content-Length:"))
                .findFirst()
                .orElse(null);
        boolean typed = lines.stream().anyMatch(line -> line.startsWith("Content-Type:"));
        if (!typed) {
            lines.add("Content-Type: text/plain");
            head = lines.toArray(String[]::new);
        }
        Answer answer = status == 304 || status == 204
                ? Answer.head(status, head)
                : length == null
                        ? Answer.of(status, body, head)
                        : Answer.head(status, head)
                                .then(Answer.raw("x"
                                        .repeat(Integer.parseInt(length.substring(length.indexOf(':') + 1)
                                                .strip()))));
        for (int i = interim.size() - 1; i >= 0; i--) {
            answer = interim.get(i).then(answer);
        }
        return answer;
    }

    private static boolean validates(CacheRow.Step step) {
        return step.expected().contains("by-tag") || step.expected().contains("by-date");
    }

    /** Whether it asks by what the origin has said before. */
    private boolean isConditional(ReceivedRequest request, int step) {
        List<String> before = new ArrayList<>(row.steps().get(step - 1).answer());
        before.addAll(answered.getOrDefault(step - 1, List.of()));
        return before.stream()
                .anyMatch(line -> line.startsWith("ETag: ")
                                && request.headers("If-None-Match").equals(List.of(line.substring(6)))
                        || line.startsWith("Last-Modified: ")
                                && request.headers("If-Modified-Since").equals(List.of(line.substring(15))));
    }

    /** A field with its date, or its URL below that of the request. */
    static String field(String part, Instant now, String target) {
        int colon = part.indexOf(": ");
        if (colon < 0) {
            return part.endsWith(":") ? part : part + ":";
        }
        String name = part.substring(0, colon);
        String value = part.substring(colon + 2);
        if (value.matches("@@?-?\\d+")) {
            boolean old = value.startsWith("@@");
            Instant date = now.plusSeconds(Long.parseLong(value.substring(old ? 2 : 1)));
            value = (old ? RFC_850 : DATE).format(date);
        } else if (name.endsWith("Location") && value.startsWith(".")) {
            value = target + value.substring(1);
        }
        return name + ": " + value;
    }
}
