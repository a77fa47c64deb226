package dev.lintel.conformance.server;

import dev.lintel.server.ServerBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link H2Spec} without TLS; a class of its own, since most of its time is waiting. */
class H2SpecClearTextIT {

    @Test
    @Timeout(600)
    void allButTheListedCasesPass(@TempDir Path directory) throws Exception {
        new H2Spec(directory).check(ServerBuilder::http2ClearText);
    }
}
