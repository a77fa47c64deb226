package dev.lintel.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.config.GatewayFile;
import dev.lintel.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadedFileTest {

    private static final String ROUTES = """
            version: 1
            routes:
              - id: all
                match: { path: "/**" }
                answer: { status: 200, contentType: text/plain, body: fine }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "port: 8081                                      | port: 8082                                  | true",
                "none                                            | port: 8082                                  | true",
                "port: 8081                                      | none                                        | true",
                "port: 8081                                      | port: 8081                                  | false",
                "port: 8081, trustedProxies: [10.0.0.0/8]        | port: 8081, trustedProxies: [10.1.0.0/16]   | false",
                "trustedProxies: [10.0.0.0/8]                    | none                                        | false",
                "none                                            | forwardedBy: forwarded                      | false",
                "port: 8081, trustedProxies: [10.0.0.0/8]        | port: 8082, trustedProxies: [10.1.0.0/16]   | true",
            })
    void tellsOfWhatTakesARestartAndOfNothingElse(@Nullable String before, @Nullable String after, boolean told)
            throws IOException {
        Path file = folder.resolve("gateway.yaml");
        GatewayFile source = GatewayFile.of(Files.writeString(file, text(before)));
        ReloadedFile reloaded = ReloadedFile.of(source, source.load());
        Files.writeString(file, text(after));
        try (CapturedLog log = CapturedLog.start()) {
            assertThat(reloaded.get()).isNotNull();
            assertThat(log.lines().stream().anyMatch(line -> line.contains("takes a restart")))
                    .isEqualTo(told);
        }
    }

    private static String text(@Nullable String server) {
        return server == null ? ROUTES : "server: { " + server + " }\n" + ROUTES;
    }
}
