package dev.lintel.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.config.reload.ReloadedFile;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.Answer;
import dev.lintel.testing.LiveAnswer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P12 and P13: what a changed file says holds from the next request, and for none before it. */
class ChangedFileTest {

    @TempDir
    private Path folder;

    private ScriptedUpstream one;
    private ScriptedUpstream two;
    private Path file;

    /** A row of {@code changes.txt}. */
    record Row(String name, Map<String, String> parts) {

        String part(String part) {
            return requireNonNull(parts.get(part), name + ": " + part);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() throws IOException {
        try (var in = Objects.requireNonNull(ChangedFileTest.class.getResourceAsStream("changes.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^=== ", -1))
                    .skip(1)
                    .map(ChangedFileTest::row)
                    .toList();
        }
    }

    private static Row row(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        String[] sections = text.split("(?m)^--- ", -1);
        for (int i = 1; i < sections.length; i++) {
            int end = sections[i].indexOf('\n');
            parts.put(sections[i].substring(0, end), sections[i].substring(end + 1));
        }
        return new Row(sections[0].strip(), parts);
    }

    @BeforeEach
    void start() {
        one = ScriptedUpstream.answering(Answer.ok("one"));
        two = ScriptedUpstream.answering(Answer.ok("two"));
        file = folder.resolve("gateway.yaml");
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void holdsFromTheNextRequest(Row row) throws IOException {
        try (TestIssuer issuer = TestIssuer.start();
                TestIssuer other = TestIssuer.start()) {
            String token = issuer.token().subject("bob").audience("shop").sign();
            Map<String, String> variables = Map.of("ISSUER", issuer.url(), "OTHER", other.url(), "TOKEN", token);
            write(row.part("before"), variables);
            try (GatewayServer server = run();
                    RawClient client = RawClient.connect(server.port())) {
                RawRequest request = request(row.part("request"), variables);
                assertAnswers(client, request, row.part("answers before"));
                write(row.part("after"), variables);
                server.reload();
                assertAnswers(client, request, row.part("answers after"));
            }
        }
    }

    private RawRequest request(String lines, Map<String, String> variables) {
        RawRequest request = RawRequest.get("/r");
        for (String line : replaced(lines, variables).lines().toList()) {
            String[] field = line.split(": ", 2);
            request = field.length < 2 ? request : request.header(field[0], field[1]);
        }
        return request;
    }

    private static void assertAnswers(RawClient client, RawRequest request, String expected) {
        for (String line : expected.lines().filter(any -> !any.isBlank()).toList()) {
            // a request waits no longer than a second for keys, which a busy machine may exceed
            RawResponse answer = await().until(
                            () -> client.send(request).readResponse(),
                            any -> !any.bodyText().contains("keys-unavailable"));
            String told = line.contains(" ") ? answer.status() + " " + answer.bodyText() : "" + answer.status();
            assertThat(told).isEqualTo(line);
        }
    }

    /** Where a request can be when its route goes away; each goes on in its own way until it has ended. */
    private enum Begun {
        ANSWER_STREAMS {
            @Override
            void begin(RawClient client, LiveAnswer answer) {
                client.send(RawRequest.get("/r"));
                answer.chunk("begun,");
                client.awaitText("begun,");
            }

            @Override
            void end(RawClient client, LiveAnswer answer) {
                answer.chunk("ended").end();
            }
        },
        REQUEST_STREAMS {
            @Override
            void begin(RawClient client, LiveAnswer answer) {
                client.send("POST /r HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf");
            }

            @Override
            void end(RawClient client, LiveAnswer answer) {
                client.send("half");
                answer.chunk("begun,").chunk("ended").end();
            }
        },
        UPSTREAM_THINKS {
            @Override
            void begin(RawClient client, LiveAnswer answer) {
                client.send(RawRequest.get("/r"));
            }

            @Override
            void end(RawClient client, LiveAnswer answer) {
                answer.chunk("begun,").chunk("ended").end();
            }
        };

        abstract void begin(RawClient client, LiveAnswer answer);

        abstract void end(RawClient client, LiveAnswer answer);
    }

    @ParameterizedTest
    @MethodSource
    void p13EndsWholeThoughItsRouteIsGone(Begun begun) throws IOException {
        LiveAnswer answer = LiveAnswer.chunked(200);
        one.answerWith(request -> answer);
        write("""
                upstreams: { service: "${ONE}" }
                routes: [ { id: r, match: { path: /r }, auth: none, upstream: service } ]
                """, Map.of());
        try (GatewayServer server = run();
                RawClient client = RawClient.connect(server.port())) {
            begun.begin(client, answer);
            one.awaitHeads(1);
            write("routes: [ { id: s, match: { path: /s }, answer: { status: 200 } } ]\n", Map.of());
            server.reload();
            assertThat(RawClient.exchange(server.port(), RawRequest.get("/r")).status())
                    .isEqualTo(404);
            begun.end(client, answer);
            RawResponse whole = client.readResponse();
            assertThat(whole.complete()).isTrue();
            assertThat(whole.bodyText()).isEqualTo("begun,ended");
            // nobody needs its connections any more
            one.awaitConnectionsOpen(0);
            assertThat(one.violations()).isEmpty();
        }
    }

    static List<Begun> p13EndsWholeThoughItsRouteIsGone() {
        return List.of(Begun.values());
    }

    @Test
    void p12WhatIsInFlightKeepsTheLimitsAndTheRulesThatItBeganUnder() throws IOException {
        LiveAnswer answer = LiveAnswer.chunked(200);
        one.answerWith(request -> answer);
        String before = """
                filters: [ { responseTransform: { set: { X-Said: before } } } ]
                upstreams: { service: "${ONE}" }
                routes: [ { id: r, match: { path: /r }, auth: none, upstream: service } ]
                """;
        write(before, Map.of());
        try (GatewayServer server = run();
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawRequest.get("/r"));
            one.awaitHeads(1);
            write(before.replace("before", "after").replace("/r", "/s").replace("${ONE}", "${TWO}"), Map.of());
            server.reload();
            RawResponse next = RawClient.exchange(server.port(), RawRequest.get("/s"));
            assertThat(next.header("X-Said")).isEqualTo("after");
            assertThat(next.bodyText()).isEqualTo("two");
            answer.chunk("one").end();
            RawResponse begunBefore = client.readResponse();
            assertThat(begunBefore.header("X-Said")).isEqualTo("before");
            assertThat(begunBefore.bodyText()).isEqualTo("one");
        }
    }

    private GatewayServer run() {
        GatewayFile source = GatewayFile.of(file);
        LoadedGateway loaded = source.load();
        assertThat(loaded.report().errors()).as(loaded.report().text()).isEmpty();
        return loaded.server().reloader(ReloadedFile.of(source, loaded)).start();
    }

    private void write(String sections, Map<String, String> variables) throws IOException {
        Files.writeString(
                file,
                "version: 1\nserver: { host: 127.0.0.1, port: 0, adminPort: none }\n" + replaced(sections, variables));
    }

    private String replaced(String text, Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.put("ONE", one.url());
        all.put("TWO", two.url());
        return Pattern.compile("\\$\\{(\\w+)}")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(requireNonNull(all.get(found.group(1)))));
    }
}
