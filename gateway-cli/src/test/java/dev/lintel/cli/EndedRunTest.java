package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.testing.Answer;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P21: how a gateway of a file ends, whatever it is doing. */
class EndedRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @TempDir
    private Path directory;

    private final CountDownLatch release = new CountDownLatch(1);
    private final ScriptedUpstream upstream =
            ScriptedUpstream.start(request -> Answer.ok("whole").after(release));
    private Path file;
    private String text;

    @BeforeEach
    void write() throws IOException {
        text = text(0);
        file = Files.writeString(directory.resolve("gateway.yaml"), text);
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void endsWhatIsInFlightWhenToldOnce(String signal, int status) throws Exception {
        try (RunningLintel lintel = RunningLintel.start(file);
                RawClient client = inFlight(lintel)) {
            int port = lintel.port();
            assumeThat(RunningLintel.ignores(signal)).isFalse();
            lintel.signal(signal);
            await().atMost(PATIENCE).until(() -> refused(port));
            release.countDown();
            assertThat(client.readResponse().bodyText()).isEqualTo("whole");
            assertThat(lintel.exit()).isEqualTo(status);
        }
    }

    @Test
    void isNotPatientAnyMoreWhenToldTwice() throws Exception {
        try (RunningLintel lintel = RunningLintel.start(file);
                RawClient client = inFlight(lintel)) {
            int port = lintel.port();
            lintel.signal("TERM");
            await().atMost(PATIENCE).until(() -> refused(port));
            lintel.signal("TERM");
            // the stop timeout is an hour
            assertThat(lintel.exit()).isEqualTo(143);
            client.awaitClosed();
        }
    }

    @Test
    void endsWholeInTheMiddleOfAReload() throws Exception {
        assumeThat(RunningLintel.ignores("HUP")).isFalse();
        try (RunningLintel lintel = RunningLintel.start(file, "--no-watch");
                RawClient client = inFlight(lintel)) {
            int port = lintel.port();
            Files.writeString(file, text(3_000));
            lintel.signal("HUP");
            lintel.signal("TERM");
            await().atMost(PATIENCE).until(() -> refused(port));
            release.countDown();
            RawResponse answer = client.readResponse();
            assertThat(answer.complete()).isTrue();
            assertThat(answer.bodyText()).isEqualTo("whole");
            assertThat(lintel.exit()).isEqualTo(143);
            assertThat(file).hasContent(text(3_000));
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        try (RunningLintel lintel = RunningLintel.start(file);
                RawClient client = inFlight(lintel)) {
            int port = lintel.port();
            lintel.signal("KILL");
            client.awaitClosed();
            assertThat(lintel.exit()).isEqualTo(137);
            assertThat(refused(port)).isTrue();
        }
        assertThat(file).hasContent(text);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
        release.countDown();
        try (RunningLintel again = RunningLintel.start(file)) {
            assertThat(RawClient.exchange(again.port(), RawRequest.get("/x")).bodyText())
                    .isEqualTo("whole");
        }
    }

    private RawClient inFlight(RunningLintel lintel) {
        RawClient client = RawClient.connect(lintel.port());
        client.send(RawRequest.get("/x"));
        upstream.awaitHeads(1);
        return client;
    }

    private String text(int more) {
        StringBuilder whole = new StringBuilder("""
                version: 1
                server: { port: 0, adminPort: none, host: 127.0.0.1, stopTimeout: 1h }
                upstreams: { service: "%s" }
                routes:
                  - { id: all, auth: none, match: { path: "/**" }, firstByteTimeout: 1h, upstream: service }
                """.formatted(upstream.url()));
        for (int i = 0; i < more; i++) {
            whole.append("  - { id: r")
                    .append(i)
                    .append(", auth: none, match: { path: /more/")
                    .append(i)
                    .append(" }, upstream: service }\n");
        }
        return whole.toString();
    }

    private static boolean refused(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
