package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Certificates are swapped under many new connections, of which none fails; tells how many there were in a second. */
class SwapIT {

    @TempDir
    private Path directory;

    @Timeout(300)
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noConnectionFails(boolean oneLoop) throws Exception {
        SwapUnderLoad.Outcome outcome = SwapUnderLoad.run(directory, oneLoop, 2000, 220, 10);
        LoggerFactory.getLogger(SwapIT.class)
                .info(
                        "oneLoop {}: {}, {} a second",
                        oneLoop,
                        outcome,
                        outcome.connections() * 1000L / outcome.millis());
        assertThat(outcome.failed()).isZero();
        assertThat(outcome.shown()).isGreaterThan(2);
    }
}
