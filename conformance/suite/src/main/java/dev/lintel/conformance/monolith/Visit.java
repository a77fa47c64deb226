package dev.lintel.conformance.monolith;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client that plays a scenario and remembers what it was answered. */
final class Visit {

    /** Two answers are the same if they differ in these alone. */
    private static final List<String> LEFT_OUT = List.of("date:", "x-request-id:");

    private static final Pattern SESSION = Pattern.compile("(?i)jsessionid=([^;\\s]+)");

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: .*\\n");

    /** A line of a stack trace. */
    private static final Pattern FRAME =
            Pattern.compile("(?m)^[\\t ]*(at )?(\\S+\\(.*\\)|\\.\\.\\. \\d+ more)\\s*?\\n");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private String session = "none";

    private Visit(int port) {
        this.port = port;
    }

    /** What is answered to each request. */
    static List<String> play(int port, Scenario scenario) {
        Visit visit = new Visit(port);
        List<String> answers = new ArrayList<>();
        for (String request : scenario.requests()) {
            answers.add(request.lines().findFirst().orElse("") + "\n" + visit.ask(request));
        }
        return answers;
    }

    private String ask(String text) {
        RawRequest request = request(text.replace("{session}", session).replace("{100000 bytes}", "x".repeat(100_000)));
        try (RawClient client = RawClient.connect(port).within(PATIENCE).send(request)) {
            if (text.startsWith("HEAD ")) {
                return told(client.readResponseToHead());
            }
            RawResponse answer = text.contains("Upgrade: ") ? client.readResponseHead() : client.readResponse();
            return told(answer) + (answer.status() == 101 ? client.awaitText("protocol\n") : "");
        } catch (AssertionError nothing) {
            return "no answer";
        }
    }

    private static RawRequest request(String text) {
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        String[] lines = head.strip().split("\n", -1);
        String body = end < 0 ? "" : text.substring(end + 2).stripTrailing();
        String crlf = body.startsWith("--") ? body.replace("\n", "\r\n") : body;
        RawRequest request = RawRequest.raw(lines[0] + " HTTP/1.1", "Host: shop.test:8080");
        List<String> trailers = new ArrayList<>();
        boolean chunked = false;
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith("X-Trailer: ")) {
                trailers.add(lines[i].substring("X-Trailer: ".length()));
            } else if (lines[i].startsWith("Transfer-Encoding: ")) {
                chunked = true;
            } else {
                request = request.line(lines[i]);
            }
        }
        if (chunked) {
            int half = crlf.length() / 2;
            List<String> chunks = List.of(crlf.substring(0, half), crlf.substring(half));
            return request.chunkedWithTrailers(chunks, trailers.toArray(String[]::new));
        }
        return end < 0 ? request : request.body(crlf.getBytes(StandardCharsets.UTF_8));
    }

    private String told(RawResponse answer) {
        StringBuilder told = new StringBuilder();
        answer.interim().forEach(interim -> told.append(interim.statusLine()).append('\n'));
        told.append(answer.statusLine()).append('\n');
        answer.headerLines().stream()
                .filter(line ->
                        LEFT_OUT.stream().noneMatch(name -> line.regionMatches(true, 0, name, 0, name.length())))
                .forEach(line -> told.append(line).append('\n'));
        told.append(answer.framing()).append(' ').append(answer.complete() ? "" : "cut short");
        told.append(answer.bodyLength() > 50_000 ? answer.bodySha256() : "\n" + body(answer));
        answer.trailerLines().forEach(line -> told.append("\ntrailer ").append(line));
        String text = withoutSession(told.toString());
        return text.contentEquals(told) && !isContainersPage(answer)
                ? text
                : LENGTH.matcher(text).replaceFirst("");
    }

    /** Whether it is about an exception, with the frames of all filters. */
    private static boolean isContainersPage(RawResponse answer) {
        return answer.status() >= 400
                && answer.headers("Content-Type").toString().contains("text/html");
    }

    private static String body(RawResponse answer) {
        return isContainersPage(answer) ? FRAME.matcher(answer.bodyText()).replaceAll("") : answer.bodyText();
    }

    private String withoutSession(String text) {
        Matcher id = SESSION.matcher(text);
        if (!id.find()) {
            return text;
        }
        if (!id.group(1).equals("unknown")) {
            session = id.group(1);
        }
        return id.replaceAll("jsessionid=(an id)");
    }
}
