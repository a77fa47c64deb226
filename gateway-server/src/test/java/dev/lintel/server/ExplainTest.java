package dev.lintel.server;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.Time;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RequestDescription;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.maintenance.MaintenanceFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.transform.RequestTransformFilter;
import dev.lintel.testing.Answer;
import dev.lintel.testing.CapturedLog;
import dev.lintel.testing.MutableClock;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import dev.lintel.testing.TestIssuer;
import dev.lintel.testing.TestKey;
import dev.lintel.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server tells of requests that nobody has sent, and that nothing comes of being asked. */
class ExplainTest {

    private static final String KEY = "key-of-acme-0123456789";

    @TempDir
    private Path directory;

    private final MutableClock clock = MutableClock.create();
    private ScriptedUpstream upstream;
    private TestIssuer issuer;
    private GatewayServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.answering(Answer.ok("up"));
        issuer = TestIssuer.start(clock);
        server = GatewayServer.start(
                Gateway.builder()
                        .time(new Time(clock, clock.monotonic()))
                        .upstream(Upstream.named("orders").target(upstream.url()))
                        .filter(AccessLogFilter.builder()
                                .file(directory.resolve("access.log").toString())
                                .build())
                        .route(Route.named("tokens")
                                .path("/tokens/**")
                                .filter(JwtAuthFilter.builder()
                                        .issuer(issuer.url())
                                        .jwksUri(issuer.keySetUrl())
                                        .allowInsecureJwksUri(true)
                                        .audience("orders")
                                        .build())
                                .to("orders"))
                        .route(Route.named("keys")
                                .path("/keys/**")
                                .filter(ApiKeyAuthFilter.builder()
                                        .plainKey("acme", KEY)
                                        .queryParameter("key")
                                        .forwardKey(true)
                                        .build())
                                .filter(RequestTransformFilter.builder()
                                        .set("X-Inside", "hunter2")
                                        .copy("X-API-Key", "X-Old-Name")
                                        .build())
                                .to("orders"))
                        .route(Route.named("limited")
                                .path("/limited")
                                .filter(RateLimitFilter.builder()
                                        .limit("once", 1, Duration.ofHours(1))
                                        .key(by(address()))
                                        .build())
                                .to("orders"))
                        .route(Route.named("closed")
                                .path("/closed")
                                .filter(MaintenanceFilter.builder()
                                        .file(directory.resolve("closed"))
                                        .build())
                                .to("orders"))
                        .build(),
                0);
        Awaitility.await()
                .until(() ->
                        status("/tokens/1", issuer.token().audience("orders").sign()) == 200);
        upstream.forget();
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
        upstream.close();
    }

    private int status(String path, String token) {
        return RawClient.exchange(server.port(), RawRequest.get(path).bearer(token))
                .status();
    }

    private RawResponse ask(String query) {
        return RawClient.exchange(server.adminUri().getPort(), RawRequest.get("/explain?" + query));
    }

    @Test
    void tellsItAtTheAdminPortForPrograms() {
        RawResponse told = ask("url=/keys/1&header=X-API-Key:%20" + KEY + "&time=2026-03-01T12:00:00Z");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.header("Content-Type")).isEqualTo("application/json");
        assertThat(told.bodyText())
                .startsWith("{\"request\":{\"method\":\"GET\",\"target\":\"/keys/1\"")
                .contains("\"time\":\"2026-03-01T12:00:00Z\"")
                .contains("\"route\":\"keys\"")
                .contains("{\"filter\":\"ApiKeyAuthFilter\",\"decision\":\"passes\","
                        + "\"element\":\"routes.keys.filters[0]\"")
                .contains("{\"change\":\"sets\",\"name\":\"X-Consumer-ID\",\"value\":\"acme\"}")
                .contains("\"upstream\":{\"name\":\"orders\"");
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void tellsItForPeopleAndTakesCredentialsInABody() {
        RawResponse told = RawClient.exchange(
                server.adminUri().getPort(),
                RawRequest.post("/explain?url=/keys/1&format=text").body("X-API-Key: " + KEY + "\nAccept: a/b\n"));
        assertThat(told.header("Content-Type")).isEqualToIgnoringCase("text/plain; charset=utf-8");
        assertThat(told.bodyText())
                .contains("route     keys\n")
                .contains("ApiKeyAuthFilter        passes\n")
                .contains("Accept: a/b\n");
    }

    @Test
    void showsNoSecretWhereverItHasCome() {
        for (String format : List.of("json", "text")) {
            String told =
                    ask("format=" + format + "&url=/keys/1?a=b%26key=" + KEY).bodyText();
            assertThat(told).contains("a=b&key=***").doesNotContain(KEY);
            told = ask("format=" + format + "&url=/keys/1&header=X-API-Key:" + KEY)
                    .bodyText();
            assertThat(told)
                    .contains("X-Inside", "X-Old-Name")
                    .doesNotContain(KEY)
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void saysMoreExactlyThanAClientIsToldWhyATokenIsRefused() {
        String expired = issuer.token()
                .audience("orders")
                .expiresIn(Duration.ofHours(-1))
                .sign();
        Explanation told =
                server.explain(RequestDescription.of("GET", "/tokens/1").header("Authorization", "Bearer " + expired));
        assertThat(told.status()).isEqualTo(401);
        assertThat(told.text())
                .contains("because of EXPIRED", "answer    401 invalid-token")
                .doesNotContain(expired);
    }

    @Test
    void chargesNoLimit() {
        RequestDescription request = RequestDescription.of("GET", "/limited");
        for (int i = 0; i < 5; i++) {
            assertThat(server.explain(request).text()).contains("once: 1 of 1 left");
        }
        assertThat(RawClient.exchange(server.port(), RawRequest.get("/limited")).status())
                .isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertThat(server.explain(request).status()).isEqualTo(429);
        }
    }

    @Test
    void fetchesNoKeysAndLogsNothing() throws IOException {
        clock.advance(Duration.ofMinutes(2));
        String unknown = issuer.token()
                .audience("orders")
                .signedBy(TestKey.ec("new", "ES256"))
                .sign();
        int fetches = issuer.keySetFetches();
        Path log = directory.resolve("access.log");
        Awaitility.await().until(() -> Files.readAllLines(log).size() > 0);
        int lines = Files.readAllLines(log).size();
        try (CapturedLog captured = CapturedLog.start()) {
            for (int i = 0; i < 5; i++) {
                Explanation told = server.explain(
                        RequestDescription.of("GET", "/tokens/1").header("Authorization", "Bearer " + unknown));
                assertThat(told.status()).isEqualTo(401);
                assertThat(told.text()).contains("waits at most 1000 ms", "because of UNKNOWN_KEY");
            }
            assertThat(captured.lines()).isEmpty();
            assertThat(issuer.keySetFetches()).isEqualTo(fetches);
            // served, it does both
            assertThat(status("/tokens/1", unknown)).isEqualTo(401);
            assertThat(captured.lines()).anyMatch(line -> line.contains("UNKNOWN_KEY"));
            issuer.awaitKeySetFetches(fetches + 1);
            assertThat(issuer.keySetFetches()).isEqualTo(fetches + 1);
        }
        Awaitility.await().until(() -> Files.readAllLines(log).size() == lines + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'method=GET', 'url: none (expected: a URL, or a path)'",
        "'url=/&url=/a', 'url: 2 times (expected: once)'",
        "'url=/&format=xml', 'format: another (expected: json or text)'",
        "'url=/&time=noon', 'time: not shown (expected: an instant such as 2026-01-31T22:00:00Z)'",
        "'url=/&header=nothing', 'header: not shown (expected: Name: value)'",
        "'url=/&verbose=1', 'query: another parameter (expected: header or one of'",
        "'url=/%0d%0aX:y', 'target: not shown (expected: one line of at most 16384 characters)'"
    })
    void saysWhatIsWrongWithADescription(String query, String problem) {
        RawResponse told = ask(query);
        assertThat(told.status()).isEqualTo(400);
        assertThat(told.bodyText()).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://localhost", "Host: evil.example"})
    void tellsPagesInBrowsersNothing(String line) {
        assertThat(RawClient.exchange(
                                server.adminUri().getPort(),
                                RawRequest.get("/explain?url=/").line(line))
                        .status())
                .isEqualTo(403);
    }
}
