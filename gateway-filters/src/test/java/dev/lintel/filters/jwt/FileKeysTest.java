package dev.lintel.filters.jwt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.option.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.logging.JettyLogger;
import org.eclipse.jetty.logging.StdErrAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Keys of a file that changes; when it is looked at is the test's to say. */
class FileKeysTest {

    private static final long NOW = 1_700_000_000_000L;

    private final ManualDelay delay = new ManualDelay();
    private final String tokenOfA = token("a");
    private final String tokenOfB = token("b");

    @TempDir
    Path directory;

    private Path file = Path.of("keys");
    private long writes;

    @BeforeEach
    void writeTheFirstKey() throws IOException {
        file = directory.resolve("keys");
        write(jwks("a"));
    }

    private static String token(String keyId) {
        return TokenForge.signed(
                JwtAlgorithm.RS256,
                "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}",
                "{\"sub\":\"alice\",\"exp\":2000000000}");
    }

    private static String jwks(String... ids) {
        StringBuilder set = new StringBuilder("{\"keys\":[");
        for (String id : ids) {
            set.append(set.charAt(set.length() - 1) == '[' ? "" : ",").append(TokenForge.jwk(TokenForge.RSA, id));
        }
        return set.append("]}").toString();
    }

    /** Each time at another time, however coarse the file system's clock is. */
    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + 1000 * ++writes));
    }

    private TokenGate gate() {
        JwtAuthFilterBuilder builder =
                JwtAuthFilter.builder().anyIssuer(true).anyAudience(true).publicKeyFile(file);
        return new TokenGate(requireNonNull(OptionChecks.check(builder, new Problems())), delay);
    }

    private static boolean accepts(TokenGate gate, String token) {
        return gate.decide(token, 0, NOW) instanceof TokenDecision.Verified;
    }

    @Test
    void takesOverAChangedFile() throws IOException {
        TokenGate gate = gate();
        gate.start();
        assertThat(delay.nextWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(List.of(accepts(gate, tokenOfA), accepts(gate, tokenOfB))).containsExactly(true, false);
        write(jwks("a", "b"));
        delay.runNext();
        assertThat(List.of(accepts(gate, tokenOfA), accepts(gate, tokenOfB))).containsExactly(true, true);
        write(jwks("b"));
        delay.runNext();
        assertThat(accepts(gate, tokenOfA)).as("verified before").isFalse();
        assertThat(delay.size()).isEqualTo(1);
    }

    @Test
    void takesOverAFileThatIsReplacedByAnotherOfTheSameTimeAndSize() throws IOException {
        TokenGate gate = gate();
        gate.start();
        Path next = Files.writeString(directory.resolve("next"), jwks("b"));
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        delay.runNext();
        assertThat(List.of(accepts(gate, tokenOfA), accepts(gate, tokenOfB))).containsExactly(false, true);
    }

    @Test
    void takesOverWhatWasWrittenBetweenBuildingAndStarting() throws IOException {
        TokenGate gate = gate();
        write(jwks("b"));
        gate.start();
        delay.runNext();
        assertThat(accepts(gate, tokenOfB)).isTrue();
    }

    @Test
    void keepsItsKeysWhileTheFileIsBrokenAndSaysSoOnce() throws IOException {
        TokenGate gate = gate();
        gate.start();
        String log = logged(() -> {
            for (String broken : List.of("{\"keys\":[", "", "{\"keys\":[]}", "x".repeat(1024 * 1024 + 1))) {
                write(broken);
                for (int i = 0; i < 3; i++) {
                    delay.runNext();
                }
                assertThat(accepts(gate, tokenOfA)).isTrue();
            }
        });
        assertThat(log.lines().filter(line -> line.contains("not usable"))).hasSize(4);
        assertThat(log).contains(file + ": not usable, its keys from before are kept (expected: ");
        write(jwks("b"));
        delay.runNext();
        assertThat(accepts(gate, tokenOfB)).isTrue();
    }

    @Test
    void keepsItsKeysWhileTheFileIsGoneAndSaysSoOnce() throws IOException {
        TokenGate gate = gate();
        gate.start();
        String log = logged(() -> {
            Files.delete(file);
            for (int i = 0; i < 3; i++) {
                delay.runNext();
            }
        });
        assertThat(accepts(gate, tokenOfA)).isTrue();
        assertThat(log.lines().filter(line -> line.contains("not usable"))).hasSize(1);
        write(jwks("b"));
        delay.runNext();
        assertThat(accepts(gate, tokenOfB)).isTrue();
    }

    @Test
    void looksNoMoreWhenTheLastMountingEnds() {
        TokenGate gate = gate();
        gate.start();
        gate.start();
        gate.stop();
        assertThat(delay.size()).isEqualTo(1);
        gate.stop();
        assertThat(delay.size()).isZero();
        gate.stop();
        gate.start();
        assertThat(delay.size()).isEqualTo(1);
        assertThat(accepts(gate, tokenOfA)).isTrue();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static String logged(Step step) throws IOException {
        StdErrAppender appender =
                (StdErrAppender) ((JettyLogger) LoggerFactory.getLogger(FileKeys.class)).getAppender();
        PrintStream before = appender.getStream();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        appender.setStream(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            step.run();
        } finally {
            appender.setStream(before);
        }
        return lines.toString(StandardCharsets.UTF_8);
    }
}
