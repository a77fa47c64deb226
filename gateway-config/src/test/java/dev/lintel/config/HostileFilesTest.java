package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.config.reload.FileWatch;
import dev.lintel.config.report.Finding;
import dev.lintel.option.GatewayException;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to do harm, and replacing a gateway by a file. The numbers are those of the list of hostile inputs. */
class HostileFilesTest {
    private static final int ROUTES = 10_000;

    @TempDir
    private Path folder;

    static List<BrokenFile> rows() {
        return BrokenFile.rows("hostile.txt");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isToldOfWhereItStands(BrokenFile row) {
        LoadedGateway loaded = row.load(folder);

        assertThat(row.found(loaded, folder)).as(loaded.report().text()).containsExactlyElementsOf(row.expected());
    }

    @Test
    void p01BytesThatAreNoText() throws IOException {
        assertFound(new byte[] {'a', ':', ' ', 'b', '\n', 'c', ':', ' ', (byte) 0xc3, (byte) 0x28}, "2:4 not-utf-8");
        assertFound("\ufeffversion: 1".getBytes(StandardCharsets.UTF_8), "1:1 byte-order-mark");
        assertFound("version: 1".getBytes(StandardCharsets.UTF_16), "1:1 not-utf-8");
        assertFound("version: 1\nx: \u0000".getBytes(StandardCharsets.UTF_8), "2:4 syntax");
    }

    @Test
    void p01AFileThatIsTooLarge() throws IOException {
        Path file = folder.resolve("gateway.yaml");
        try (var channel = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            // a hole, so that it takes no room
            channel.position(100L << 20).write(java.nio.ByteBuffer.wrap(new byte[] {'\n'}));
        }
        assertThat(kinds(GatewayFile.load(file))).containsExactly("1:1 too-large");
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void p01FilesThatAreTooLargeTogether() throws IOException {
        Files.writeString(folder.resolve("part.yaml"), "x-part: 1\n" + ("# " + "x".repeat(1 << 20) + "\n").repeat(11));
        LoadedGateway loaded = load("version: 1\ninclude: [part.yaml, part.yaml, part.yaml, missing.yaml]\n");
        assertThat(kinds(loaded)).contains("2:33 too-large").doesNotContain("2:44 bad-include");
    }

    @Test
    void p01ABillionLaughs() throws IOException {
        String laughs = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "x-" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "*a" + (i - 1) + "]")
                .collect(Collectors.joining("\n", "x-0: &a0 ha\n", "\n"));
        assertThat(kinds(load(laughs))).singleElement().asString().endsWith("too-many-nodes");
    }

    @Test
    void p01Depth() throws IOException {
        assertThat(kinds(load("x-a: " + "[".repeat(100_000)))).containsExactly("1:55 too-deep");
        assertThat(kinds(load("x-a: " + "{a: ".repeat(100_000))))
                .singleElement()
                .asString()
                .endsWith("too-deep");
    }

    @Test
    void p01ATagMakesNothing() throws IOException {
        assertThat(kinds(load("""
                        version: 1
                        x-a: !!java.net.URL [http://localhost/]
                        otherwise: { answer: { status: 404 } }
                        """))).containsExactly("2:6 tag");
    }

    @Test
    void p05AVariableThatIsMissingHasNoEmptyDefault() throws IOException {
        assertThat(kinds(load(
                        "version: 1\nserver: { host: \"${NOT_THERE}\" }\notherwise: { answer: { status: 404 } }\n")))
                .containsExactly("2:18 undefined-variable");
    }

    @Test
    void aValueCannotInjectStructure() throws IOException {
        write("version: 1\nroutes:\n  - { id: r, match: { path: /r }, answer: { status: 200, body: \"${EVIL}\" } }\n");
        LoadedGateway loaded = GatewayFile.of(folder.resolve("gateway.yaml"))
                .withEnvironment(java.util.Map.of("EVIL", "x\" } }\n  - { id: open"))
                .load();
        assertThat(loaded.gateway().routes()).hasSize(1);
    }

    @Test
    void theNumberOfFindingsIsBounded() throws IOException {
        String unknown =
                IntStream.range(0, 5_000).mapToObj(i -> "zz" + i + ": 1\n").collect(Collectors.joining());
        LoadedGateway loaded = load("version: 1\notherwise: { answer: { status: 404 } }\n" + unknown);
        assertThat(loaded.report().findings()).hasSize(1_001);
    }

    @Test
    void p08WithoutAuthNothingStartsIfTheFileSaysSo() throws IOException {
        String routes =
                "upstreams: { a: http://localhost:1 }\nroutes: [ { id: r, match: { path: /** }, upstream: a } ]\n";
        assertThat(load("version: 1\n" + routes).isValid()).isTrue();
        assertThat(load("version: 1\nlint: { route-without-credential: error }\n" + routes)
                        .isValid())
                .isFalse();
    }

    @Test
    void p09ABrokenFileLeavesTheGatewayAsItIs() throws IOException {
        write(answering("one"));
        GatewayFile file = GatewayFile.of(folder.resolve("gateway.yaml"));
        try (GatewayServer server = file.load().server().reloader(file).start()) {
            write(answering("two") + "unknwon: 1\n");
            assertThatThrownBy(server::reload)
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("gateway.yaml:5:1");
            assertThat(answer(server)).isEqualTo("one");

            write(answering("two"));
            server.reload();
            assertThat(answer(server)).isEqualTo("two");

            Files.delete(folder.resolve("gateway.yaml"));
            assertThatThrownBy(server::reload).isInstanceOf(GatewayException.class);
            assertThat(answer(server)).isEqualTo("two");
        }
    }

    @Test
    void p14AFileThatIsWatchedIsReadAgain() throws IOException {
        write(answering("one"));
        GatewayFile file = GatewayFile.of(folder.resolve("gateway.yaml"));
        LoadedGateway loaded = file.load();
        try (GatewayServer server = loaded.server().reloader(file).start();
                FileWatch watch = FileWatch.start(loaded::files, server::reload)) {
            write(answering("another"));
            org.awaitility.Awaitility.await().until(() -> answer(server).equals("another"));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void p22TenThousandRoutes() throws IOException {
        StringBuilder text = new StringBuilder("version: 1\nupstreams: { a: http://localhost:1 }\nroutes:\n");
        for (int i = 0; i < ROUTES; i++) {
            text.append("  - id: r")
                    .append(i)
                    .append("\n    match: { path: \"/a")
                    .append(i % 100);
            text.append("/b")
                    .append(i)
                    .append("/{id}\", methods: [GET, POST] }\n    filters: [ { apiKey: { keys: [\"c:");
            text.append("0".repeat(64)).append("\"] } } ]\n    stripPrefix: /a").append(i % 100);
            text.append("\n    upstream: a\n");
        }
        write(text.toString());
        LoadedGateway loaded = GatewayFile.load(folder.resolve("gateway.yaml"));
        assertThat(loaded.report().errors()).isEmpty();
        assertThat(loaded.gateway().routes()).hasSize(ROUTES);
    }

    private static String answering(String body) {
        return "version: 1\nserver: { host: 127.0.0.1, port: 0 }\nroutes:\n"
                + "  - { id: r, match: { path: /r }, answer: { status: 200, body: " + body + " } }\n";
    }

    private static String answer(GatewayServer server) {
        return RawClient.exchange(server.port(), RawRequest.get("/r")).bodyText();
    }

    private void assertFound(byte[] bytes, String kind) throws IOException {
        Path file = Files.write(folder.resolve("gateway.yaml"), bytes);
        assertThat(kinds(GatewayFile.load(file))).containsExactly(kind);
    }

    private static List<String> kinds(LoadedGateway loaded) {
        return loaded.report().findings().stream().map(HostileFilesTest::kind).toList();
    }

    private static String kind(Finding finding) {
        return finding.position().line() + ":" + finding.position().column() + " " + finding.name();
    }

    private LoadedGateway load(String text) throws IOException {
        write(text);
        return GatewayFile.load(folder.resolve("gateway.yaml"));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), text);
    }
}
