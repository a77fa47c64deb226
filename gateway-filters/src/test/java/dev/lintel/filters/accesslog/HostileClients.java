package dev.lintel.filters.accesslog;

import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that send whatever could break a log and still is a request that containers accept. */
final class HostileClients {

    private static final List<String> TEXTS = List.of(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "\" 200 0 \"-\" \"-\"",
            "\\",
            "\\\" \\",
            "a\tb",
            "\u00e9\u00ff\u0080\u009b31m",
            "\u00e2\u0080\u00a8 10.9.9.9 - root [03/Feb/2026:04:05:06 +0000] \"GET /fake HTTP/1.1\" 200 1",
            "','\"}{\"user.id\":\"root\"}",
            "%0d%0aSet-Cookie: a=b %n%s%x",
            "${jndi:ldap://x/}<script>alert(1)</script>",
            "[03/Feb/2026] - - []",
            "x".repeat(4_000));

    private static final List<String> TARGETS = List.of(
            "/",
            "/a/b.html?x=1&y=%22",
            "/%22%20200%200",
            "/a?q=%0d%0aGET%20/fake",
            "/%e2%80%a8?token=s3cret&a=b",
            "/a;jsessionid=s3cret",
            "/'-;--?<>",
            "/throws",
            "/x?a[]=1&b={c}|d^e`f",
            "/%F0%9F%98%80?%F0%9F%98%80=%00%1b[31m");

    private HostileClients() {}

    /** Sends so many requests on each of so many connections, and reads every answer. */
    static void send(int port, int connections, int requests) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int c = 0; c < connections; c++) {
                int offset = c;
                done.add(clients.submit(() -> one(port, offset, requests)));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static void one(int port, int offset, int requests) {
        RawClient client = RawClient.connect(port);
        for (int i = 0; i < requests; i++) {
            String target = TARGETS.get((i + offset) % TARGETS.size());
            RawRequest request = RawRequest.of(i % 7 == 0 ? "POST" : "GET", target)
                    .header("User-Agent", TEXTS.get(i % TEXTS.size()))
                    .header("Referer", "https://x.example/" + TEXTS.get(i / 3 % TEXTS.size()));
            if (client.send(request).readResponse().closedBy() != null) {
                client.close();
                client = RawClient.connect(port);
            }
        }
        client.close();
    }
}
