package dev.lintel.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P10: the same as {@link RewrittenUnderLoadIT}, in small and as fast as it goes. */
class RewrittenUnderLoadTest {

    private static final int RELOADS = 60;

    @TempDir
    private Path folder;

    @Test
    void losesAndMixesNoRequest() throws Exception {
        try (RewrittenFile file = new RewrittenFile(folder)) {
            AskingClients clients = new AskingClients(file, 4, 0);
            for (int i = 1; i <= RELOADS; i++) {
                long before = clients.answered();
                file.rewrite(i);
                // some requests for each gateway, on machines of any speed
                while (clients.answered() < before + 4 && clients.failed() == 0) {
                    Thread.onSpinWait();
                }
            }
            clients.end();
            assertThat(clients.failed()).as(clients.firstFailure()).isZero();
            assertThat(file.swaps()).isEqualTo(RELOADS * 4 / 5);
        }
    }
}
