package dev.lintel.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same as {@link SwapIT}, in small. */
class SwapTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noConnectionFailsWhileCertificatesAreSwapped(boolean oneLoop) throws Exception {
        SwapUnderLoad.Outcome outcome = SwapUnderLoad.run(directory, oneLoop, 200, 200, 3);
        assertThat(outcome.failed()).isZero();
        assertThat(outcome.shown()).isPositive();
    }
}
