package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.Exchange;
import dev.lintel.filters.accesslog.AccessLogFilter.Format;
import dev.lintel.identity.Caller;
import dev.lintel.testing.Container;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.WebApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogHostileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LoggedApp logged;

    @BeforeEach
    void prepare() {
        logged = new LoggedApp(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n10.9.9.9 - root [03/Feb/2026:04:05:06 +0000] \"GET /fake HTTP/1.1\" 200 1 \"-\" \"-\"",
                "\u001b]0;title\u0007\u001b[31m",
                "\u2028\u2029\u0085\u009b31m",
                "\" 200 0 \"-\" \"-\"\n",
                "\\",
                "\\\"",
                " a  b ",
                "\0",
                "\ud800",
                "\",\"user.id\":\"root",
                "\u00ff\u0100\ud83d\ude00"
            })
    void c20_o7_writesOneLineWhateverAClientSends(String hostile) throws IOException {
        CombinedLine text = CombinedLine.read(lineOf(hostile));
        assertThat(text.status()).isEqualTo(200);
        assertThat(text.method()).startsWith("GET");
        assertThat(text.client()).startsWith("10.0.0.1");
        assertThat(Files.readAllLines(json())).hasSize(1);
        assertThat(JsonLine.read(Files.readString(json()).stripTrailing()))
                .containsEntry("user.id", "sub" + hostile)
                .containsEntry("gateway.consumer.id", "c" + hostile)
                .containsEntry("http.request.id", "id" + hostile)
                .containsEntry("http.request.method", "GET" + hostile)
                .containsEntry("url.path", "/" + hostile)
                .containsEntry("url.query", "q=" + hostile)
                .containsEntry("user_agent.original", "User-Agent" + hostile)
                .containsEntry("client.address", "10.0.0.1" + hostile)
                .doesNotContainKey("client.ip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\n", "\ud83d\ude00"})
    void keepsLinesShorterThanReadersOfTextTakeForOne(String unit) throws IOException {
        String line = lineOf(unit.repeat(9_000));
        assertThat(line.length()).isLessThan(4_095);
        CombinedLine text = CombinedLine.read(line);
        assertThat(List.of(text.client(), text.user(), text.method(), text.target(), text.protocol()))
                .allSatisfy(field -> assertThat(field).endsWith("..."));
        assertThat(List.of(text.referer(), text.userAgent()))
                .allSatisfy(field -> assertThat(field).endsWith("..."));
        assertThat(Files.readString(json())).hasSizeLessThan(1 << 20);
    }

    /** The line of the combined format for a request all of whose texts are hostile; the other one is in {@link #json}. */
    private String lineOf(String hostile) throws IOException {
        Filter permissive = (request, response, chain) -> {
            HttpServletRequest wrapped = new HostileRequest((HttpServletRequest) request, hostile);
            chain.doFilter(wrapped, response);
        };
        Filter naming = (request, response, chain) -> {
            Exchange exchange = Objects.requireNonNull(Exchange.of(request));
            exchange.requestId("id" + hostile);
            exchange.caller(new Caller("jwt", "sub" + hostile, "c" + hostile, List.of(), List.of(), Map.of(), null));
            chain.doFilter(request, response);
        };
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter("permissive", permissive)
                .filter("text", logged.filter(Format.COMBINED))
                .filter(
                        "json",
                        AccessLogFilter.builder()
                                .file(json())
                                .format(Format.JSON)
                                .build())
                .filter("naming", naming)
                .serve("/*", (request, response) -> {})
                .start()) {
            RawClient.exchange(app.port(), RawRequest.get("/"));
        }
        return logged.lines().get(0);
    }

    private Path json() {
        return directory.resolve("access.json");
    }

    @Test
    void neverWritesCredentials() throws IOException {
        RawRequest request = RawRequest.get("/?access_token=s3cret&%74oken=s3cret")
                .bearer("s3cret")
                .header("Cookie", "session=s3cret")
                .header("X-API-Key", "s3cret")
                .header("Proxy-Authorization", "Basic s3cret")
                .header("Referer", "http://localhost/?api_key=s3cret");
        logged.serve(Container.JETTY_EE10, logged.filter(Format.JSON), request);
        assertThat(logged.lines().get(0))
                .contains("access_token=***&%74oken=***")
                .doesNotContain("s3cret");
    }

    /** What a container lets through on the wire; the files stay in {@code target} for other readers. */
    @Test
    void o7_writesExactlyOneReadableLineForEachOfTenThousandRequests() throws Exception {
        Path files = Files.createDirectories(Path.of("target", "access-log"));
        Path text = files.resolve("combined.log");
        Path json = files.resolve("access.json");
        Files.deleteIfExists(text);
        Files.deleteIfExists(json);
        try (WebApp app = WebApp.on(Container.JETTY_EE10)
                .filter(
                        "text",
                        AccessLogFilter.builder().file(text).queueSize(20_000).build())
                .filter(
                        "json",
                        AccessLogFilter.builder()
                                .file(json)
                                .format(Format.JSON)
                                .queueSize(20_000)
                                .build())
                .serve("/throws", (request, response) -> {
                    throw new IOException("planned");
                })
                .serve("/*", (request, response) -> response.getWriter().print("hello"))
                .start()) {
            HostileClients.send(app.port(), 4, 2_500);
        }
        List<CombinedLine> lines = new ArrayList<>();
        for (String line : Files.readAllLines(text)) {
            // what goaccess takes for one line
            assertThat(line.length()).isLessThan(4095);
            lines.add(CombinedLine.read(line));
        }
        assertThat(lines).hasSize(10_000);
        assertThat(lines).extracting(CombinedLine::status).containsOnly(200, 500);
        List<String> objects = Files.readAllLines(json);
        assertThat(objects)
                .hasSize(10_000)
                .allSatisfy(line -> assertThat(JsonLine.read(line)).hasSizeGreaterThan(10));
    }
}
