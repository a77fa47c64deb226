package dev.lintel.server;

import dev.lintel.admin.AdminAnswer;
import dev.lintel.admin.AdminRequest;
import dev.lintel.admin.AdminResource;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.option.Problem;
import dev.lintel.router.LiveGateway;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

/**
 * {@code /explain}: what would become of a request, without any effect. Described by {@code url} and, where that is not enough, by {@code
 * method}, {@code header} (any number, {@code Name: value}), {@code from}, {@code protocol} and {@code time}; by POST, further header
 * fields are the lines of the body, which is where credentials belong. In JSON, or by {@code format=text} for people. Thread-safe.
 */
final class ExplainResource implements AdminResource {

    /** With many routes one takes its time; whoever asks for more at once is told to come again. */
    private static final int AT_ONCE = 2;

    private static final Set<String> ONCE = Set.of("url", "method", "from", "protocol", "time", "format");

    private final LiveGateway live;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    ExplainResource(LiveGateway live) {
        this.live = live;
    }

    @Override
    public String path() {
        return "/explain";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST");
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        if (!turns.tryAcquire()) {
            return AdminAnswer.json(503, "{\"status\":\"busy\"}");
        }
        try {
            List<Problem> problems = new ArrayList<>();
            check(request, problems);
            if (problems.isEmpty()) {
                RequestDescription description = described(request, problems);
                if (problems.isEmpty()) {
                    Explanation explanation = live.explain(description);
                    return request.parameter("format").orElse("json").equals("text")
                            ? AdminAnswer.text(200, explanation.text())
                            : AdminAnswer.json(200, explanation.json());
                }
            }
            return AdminAnswer.json(400, new String(AdminAnswers.failure(problems), StandardCharsets.US_ASCII));
        } finally {
            turns.release();
        }
    }

    private static void check(AdminRequest request, List<Problem> problems) {
        request.parameters().forEach((name, values) -> {
            if (!ONCE.contains(name) && !name.equals("header")) {
                problems.add(new Problem("query", "another parameter", "header or one of " + new TreeSet<>(ONCE)));
            } else if (ONCE.contains(name) && values.size() > 1) {
                problems.add(new Problem(name, values.size() + " times", "once"));
            }
        });
        if (request.parameter("url").orElse("").isEmpty()) {
            problems.add(new Problem("url", "none", "a URL, or a path"));
        }
        String format = request.parameter("format").orElse("json");
        if (!format.equals("json") && !format.equals("text")) {
            problems.add(new Problem("format", "another", "json or text"));
        }
    }

    private static RequestDescription described(AdminRequest request, List<Problem> problems) {
        RequestDescription described = RequestDescription.of("GET", "/");
        try {
            described = RequestDescription.of(
                            request.parameter("method").orElse("GET"),
                            request.parameter("url").orElse(""))
                    .from(request.parameter("from").orElse("127.0.0.1"))
                    .over(request.parameter("protocol").orElse("HTTP/1.1"));
            if (request.parameter("time").isPresent()) {
                described = described.at(Instant.parse(request.parameter("time").get()));
            }
            List<String> lines = new ArrayList<>(request.parameters().getOrDefault("header", List.of()));
            request.body().lines().filter(line -> !line.isBlank()).forEach(lines::add);
            for (String line : lines) {
                int colon = line.indexOf(':');
                if (colon < 1) {
                    problems.add(new Problem("header", "not shown", "Name: value"));
                    return described;
                }
                described = described.header(line.substring(0, colon), line.substring(colon + 1));
            }
        } catch (DateTimeException malformed) {
            problems.add(new Problem("time", "not shown", "an instant such as 2026-01-31T22:00:00Z"));
        } catch (IllegalArgumentException malformed) {
            // its message says what could not be sent, and shows none of it
            problems.add(new Problem("request", String.valueOf(malformed.getMessage()), "one that could be sent"));
        }
        return described;
    }
}
