package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a main of one's own ends that cannot serve: {@link Embedded}, as a process. */
class EmbeddedProcessTest {

    @TempDir
    private Path folder;

    @Test
    void tellsPortInUseInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            endsWith78(taken.getLocalPort(), "port: " + taken.getLocalPort() + " (expected: a free port; in use)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void tellsBadOptionInOneLine(int port) throws Exception {
        endsWith78(port, "port: " + port + " (expected: ");
    }

    private void endsWith78(int port, String line) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dport=" + port,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Embedded.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(said);
        assertThat(lines).filteredOn(any -> any.startsWith(line)).hasSize(1);
        assertThat(lines).noneMatch(any -> any.contains("Exception") || any.startsWith("\tat "));
        assertThat(process.exitValue()).isEqualTo(78);
    }
}
