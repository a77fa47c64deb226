package dev.lintel.filters.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged of keys that others may read or guess. */
class ApiKeyWarningsTest {

    /** {@code printf %s abc | sha256sum} */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void warnOfAFileThatEveryoneMayRead() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Path file = Files.writeString(directory.resolve("keys"), "shop:" + ABC);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(logged(builder -> builder.keysFile(file)))
                .singleElement()
                .asString()
                .contains("WARN")
                .contains("keysFile: " + file + " is readable by everyone (expected: by its owner or group alone)")
                .doesNotContain(ABC);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(logged(builder -> builder.keysFile(file))).isEmpty();
    }

    @Test
    void warnOfAPlainKeyThatIsShort() {
        String guessed = "k".repeat(21);
        assertThat(logged(builder -> builder.plainKey("shop", guessed)))
                .singleElement()
                .asString()
                .contains("WARN")
                .contains("plainKey of shop: 21 characters (expected: at least 22 random ones outside demos and tests)")
                .doesNotContain(guessed);
        assertThat(logged(builder -> builder.plainKey("shop", guessed + "k"))).isEmpty();
    }

    private static List<String> logged(UnaryOperator<ApiKeyAuthFilterBuilder> options) {
        try (CapturedLog log = CapturedLog.start()) {
            options.apply(ApiKeyAuthFilter.builder()).build();
            return log.lines().stream()
                    .filter(line -> line.contains("keysFile") || line.contains("plainKey"))
                    .toList();
        }
    }
}
