package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @TempDir
    Path directory;

    private static String yaml(String body) {
        return """
                version: 1
                server: { port: 0, adminPort: 0, host: 127.0.0.1 }
                routes:
                  - { id: all, auth: none, match: { path: "/**" }, answer: { status: 200, body: "%s" } }
                tests:
                  - { request: GET /x, expect: { route: all, status: 200 } }
                """.formatted(body);
    }

    private static void awaitBody(int port, String body) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                RawClient.exchange(port, RawRequest.get("/x")).bodyText())
                        .isEqualTo(body));
    }

    @Test
    void followsEveryWayInWhichAFileChangesAndEndsWhenTold() throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml("first"));
        try (RunningLintel lintel = RunningLintel.start(file)) {
            int port = lintel.port();
            awaitBody(port, "first");
            // in place, as shells do
            Files.writeString(file, yaml("second, in place"));
            awaitBody(port, "second, in place");
            // another file under the name, as editors do
            replace(file, yaml("third, replaced"));
            awaitBody(port, "third, replaced");
            // errors change nothing
            replace(file, yaml("fourth").replace("auth:", "auht:"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lintel.said()).contains("gateway.yaml:4:", "auht"));
            awaitBody(port, "third, replaced");
            // nor does a file whose own tests fail
            replace(file, yaml("fifth").replace("status: 200 } }\n", "status: 404 } }\n"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lintel.said()).contains("gateway.yaml:6:"));
            awaitBody(port, "third, replaced");
            replace(file, yaml("sixth"));
            awaitBody(port, "sixth");
            lintel.signal("TERM");
            assertThat(lintel.exit()).isIn(0, 143);
        }
    }

    @Test
    void followsAChangeThatIsMadeWhileTheServerStarts() throws Exception {
        Path next = Files.writeString(directory.resolve("next.yaml"), yaml("written meanwhile"));
        Path file = directory.resolve("gateway.yaml");
        String filters = "filters: [ { class: %s, options: { file: %s, text: %s } } ]\n"
                .formatted(RewritingFilter.class.getName(), file, next);
        Files.writeString(file, yaml("first") + filters);
        try (RunningLintel lintel = RunningLintel.start(file)) {
            awaitBody(lintel.port(), "written meanwhile");
        }
    }

    @Test
    void followsALinkThatLeadsElsewhere() throws Exception {
        Path data = directory.resolve("..data");
        Path before = Files.createDirectory(directory.resolve("v1"));
        Path after = Files.createDirectory(directory.resolve("v2"));
        Files.writeString(before.resolve("gateway.yaml"), yaml("before"));
        Files.writeString(after.resolve("gateway.yaml"), yaml("after!"));
        Files.createSymbolicLink(data, before);
        Path file = Files.createSymbolicLink(directory.resolve("gateway.yaml"), Path.of("..data", "gateway.yaml"));
        try (RunningLintel lintel = RunningLintel.start(file)) {
            int port = lintel.port();
            awaitBody(port, "before");
            Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), after);
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            awaitBody(port, "after!");
        }
    }

    @Test
    void readsTheFileAnewAtSighupWithoutWatching() throws Exception {
        assumeThat(RunningLintel.ignores("HUP")).isFalse();
        Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml("first"));
        try (RunningLintel lintel = RunningLintel.start(file, "--no-watch")) {
            int port = lintel.port();
            awaitBody(port, "first");
            Files.writeString(file, yaml("second"));
            lintel.signal("HUP");
            awaitBody(port, "second");
        }
    }

    @Test
    void startsNothingByAFileWithErrors() throws Exception {
        Path file = Files.writeString(
                directory.resolve("gateway.yaml"), yaml("first").replace("version: 1", "version: 2"));
        try (RunningLintel lintel = RunningLintel.start(file)) {
            assertThat(lintel.exit()).isEqualTo(78);
            assertThat(lintel.said()).contains("gateway.yaml:1:").contains("nothing was started");
        }
    }

    private static void replace(Path file, String yaml) throws IOException {
        Path next = Files.writeString(file.resolveSibling(".gateway.yaml.swp"), yaml);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
