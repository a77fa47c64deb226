package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.config.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of files holds nothing that terminals and logs act upon, and no secret, whatever stands in them and wherever. */
class HostileTextsTest {
    private static final String BASE = """
            version: 1
            upstreams: { a: http://localhost:1 }
            routes:
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\\e[2J\": 1\n",
                "trustedProxies: \"\\e]0;title\\a\"\n",
                "otherwise: { answer: { status: \"\\n2026 INFO forged\" } }\n",
                "otherwise: { answer: { status: \"\\u202e\\u2028\\x9b2J\" } }\n",
                "filters: [ { \"jwt\\e[2J\": {} } ]\n",
                "lint: { \"a\\eb\": off }\n",
                "otherwise: \"${NAME\\e}\"\n",
                "otherwise: \"${file:\\e[2J}\"\n",
                "otherwise: \"${NAME:?\\e[2J}\"\n",
                "tests: [ { request: GET /, route: \"\\e[2J\" } ]\n",
                "include: \"\\e[2J.yaml\"\n",
            })
    void messagesHaveNothingThatTerminalsActUpon(String text) throws IOException {
        LoadedGateway loaded = load(BASE + "  - { id: r, match: { path: /r }, auth: none, upstream: a }\n" + text);
        assertThat(loaded.isValid()).isFalse();
        assertThat(loaded.report().text().replace('\n', ' ')).matches("[\\p{Print}\u00b7]*");
        assertThat(loaded.report().text().lines()).noneMatch(line -> line.startsWith("2026 INFO"));
        for (Finding finding : loaded.report().findings()) {
            assertThat(finding.sentence()).matches("[\\p{Print}\u00b7]*");
        }
    }

    @Test
    void namesOfFilesHaveNothingThatTerminalsActUpon() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("conf.d")).resolve("\u001b[2J.yaml"), "unknown: 1\n");
        assertThat(load("version: 1\ninclude: conf.d\n").report().text())
                .contains("\u00b7[2J.yaml:1:1")
                .doesNotContain("\u001b");
    }

    @Test
    void aPasswordThatYamlTakesForAnAliasIsNotShown() throws IOException {
        LoadedGateway loaded =
                load("version: 1\nserver: { tls: { certificates: a, key: b, keyPassword: *hunter2 } }\n");
        assertThat(loaded.report().text())
                .contains("error: an alias of nothing")
                .doesNotContain("hunter2");
        assertThat(loaded.report().json()).doesNotContain("hunter2");
    }

    @Test
    void depthIsBoundedThroughAliasesToo() throws IOException {
        StringBuilder text = new StringBuilder("version: 1\nx-0: &a0 " + "[".repeat(40) + "]".repeat(40) + "\n");
        for (int i = 1; i < 200; i++) {
            text.append("x-%d: &a%d %s*a%d%s\n".formatted(i, i, "[".repeat(40), i - 1, "]".repeat(40)));
        }
        assertThat(load(text + "unknown: *a199\n").report().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.name()).isEqualTo("too-deep"));
    }

    @Test
    void aliasesWithinTheDepthAreFine() throws IOException {
        LoadedGateway loaded = load("version: 1\nx-a: &a { status: 404 }\nx-b: &b { answer: *a }\notherwise: *b\n");
        assertThat(loaded.isValid()).as(loaded.report().text()).isTrue();
    }

    @Test
    void whatIsWrittenOrWantedUnderTheNameOfACredentialIsNotPrinted() throws IOException {
        write(BASE + """
                  - id: r
                    match: { path: /r, headers: { X-Origin-Token: hunter2hunter2, X-Kind: plain }, cookies: { session: "${SECRET}" } }
                    auth: none
                    filters:
                      - requestTransform: { set: { Authorization: Basic hunter2hunter2, X-Env: "a ${SECRET}", X-Plain: shown } }
                    upstream: a
                """);
        LoadedGateway loaded = GatewayFile.of(folder.resolve("gateway.yaml"))
                .withEnvironment(Map.of("SECRET", "hunter2hunter2"))
                .load();
        assertThat(loaded.isValid()).as(loaded.report().text()).isTrue();
        assertThat(loaded.effective())
                .doesNotContain("hunter2")
                .contains("X-Kind: plain", "X-Plain: shown", "Authorization: \"***\"");
        assertThat(loaded.report().text()).contains("[secret-in-clear]").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-a: \"${file:pipe}\"\n",
                "include: pipe\n",
                "consumers: [ { id: a, apiKeySha256File: pipe } ]\n",
            })
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeLetsNobodyWait(String text) throws IOException, InterruptedException {
        assumeThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(load(BASE + "  - { id: r, match: { path: /r }, auth: none, upstream: a }\n" + text)
                        .report()
                        .errors())
                .singleElement()
                .satisfies(finding -> assertThat(finding.name()).isIn("unreadable-file", "bad-include"));
    }

    /** Is no filter, so that nothing of it may run. */
    static final class Untouched {
        static {
            System.setProperty("lintel.test.touched", "yes");
        }

        private Untouched() {}
    }

    @Test
    void aClassThatIsNoneOfThoseAskedForIsNotRun() throws IOException {
        String name = HostileTextsTest.class.getName() + "$Untouched";
        LoadedGateway loaded =
                load("version: 1\nrejectionWriter: " + name + "\nfilters: [ { class: " + name + " } ]\n");
        assertThat(loaded.report().errors()).hasSizeGreaterThan(1);
        assertThat(System.getProperty("lintel.test.touched")).isNull();
    }

    private LoadedGateway load(String text) throws IOException {
        write(text);
        return GatewayFile.load(folder.resolve("gateway.yaml"));
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), text);
    }
}
