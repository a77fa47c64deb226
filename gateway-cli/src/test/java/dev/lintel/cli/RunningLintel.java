package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code lintel run} as a process of its own, which can be sent signals. */
final class RunningLintel implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on http://[^:]+:([0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path said;

    private RunningLintel(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    static RunningLintel start(Path file, String... options) throws IOException {
        Path said = Files.createTempFile("lintel", ".log");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lintel.cli.Lintel",
                "run",
                file.toString()));
        words.addAll(List.of(options));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return new RunningLintel(process, said);
    }

    /** Whether processes begun here are deaf to a signal, as to HUP under {@code nohup}: a JVM leaves that as it finds it. */
    static boolean ignores(String signal) throws IOException {
        int bit = switch (signal) {
            case "HUP" -> 0;
            case "INT" -> 1;
            case "TERM" -> 14;
            default -> throw new IllegalArgumentException(signal);
        };
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> bit & 1) != 0);
    }

    int port() {
        await().atMost(PATIENCE).until(() -> LISTENING.matcher(said()).find());
        Matcher matcher = LISTENING.matcher(said());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    String said() {
        try {
            return Files.readString(said);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    int exit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(said);
    }
}
