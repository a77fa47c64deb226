package dev.lintel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** G12: many callers at once on connections that they keep. Nobody is ever taken for another. */
class MixedCallersTest {

    private static final int CLIENTS = 8;
    private static final int REQUESTS = 250;
    private static final List<String> TOKENS = IntStream.range(0, 16)
            .mapToObj(user -> Token.of("user-" + user).compact())
            .toList();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Form.class)
    void nobodyIsTakenForAnother(Form form) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (Deployment gateway = Deployment.start(form, directory)) {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int seed = client;
                running.add(clients.submit(() -> mistaken(gateway.port(), new Random(seed))));
            }
            for (Future<List<String>> mistaken : running) {
                assertThat(mistaken.get()).isEmpty();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Calls as different users, as nobody and with bad tokens; where somebody was taken for another. */
    private static List<String> mistaken(int port, Random random) {
        List<String> mistaken = new ArrayList<>();
        RawClient client = RawClient.connect(port);
        try {
            for (int i = 0; i < REQUESTS; i++) {
                int user = random.nextInt(TOKENS.size());
                RawRequest request = RawRequest.get(i % 5 == 0 ? "/public/whoami" : "/api/whoami")
                        .header("X-User-ID", "user-" + (user + 1) % TOKENS.size());
                boolean bad = i % 7 == 0;
                client.send(request.bearer(TOKENS.get(user) + (bad ? "A" : "")));
                RawResponse response = client.readResponse();
                String expected = i % 5 == 0 ? "200 " : bad ? "401" : "200 user-" + user;
                String seen =
                        response.status() + (response.hasHeader("Seen-As") ? " " + response.header("Seen-As") : "");
                if (!seen.equals(expected)) {
                    mistaken.add(seen + " (expected: " + expected + ")");
                }
                if (random.nextInt(20) == 0) {
                    client.reset();
                    client = RawClient.connect(port);
                }
            }
        } finally {
            client.close();
        }
        return mistaken;
    }
}
