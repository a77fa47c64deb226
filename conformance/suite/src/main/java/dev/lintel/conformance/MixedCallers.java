package dev.lintel.conformance;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** G12: many callers at once on connections that they keep. Nobody may ever be taken for another. */
final class MixedCallers {

    private static final int CLIENTS = 8;
    private static final int REQUESTS = 250;
    private static final List<String> TOKENS = IntStream.range(0, 16)
            .mapToObj(user -> Token.of("user-" + user).compact())
            .toList();

    private MixedCallers() {}

    /** Where somebody was taken for another, of many calls at once. */
    static List<String> mistaken(int port) throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int seed = client;
                running.add(clients.submit(() -> mistaken(port, new Random(seed))));
            }
            List<String> mistaken = new ArrayList<>();
            for (Future<List<String>> each : running) {
                mistaken.addAll(each.get());
            }
            return mistaken;
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
