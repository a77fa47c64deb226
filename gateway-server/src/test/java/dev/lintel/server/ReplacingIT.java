package dev.lintel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.option.GatewayException;
import dev.lintel.testing.RawClient;
import dev.lintel.testing.RawRequest;
import dev.lintel.testing.RawResponse;
import dev.lintel.upstream.Upstream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a thousand reloads in a hundred seconds leave behind, a tenth of them of gateways that cannot be served:
 *
 * <pre>
 * mvn -Pintegration -pl gateway-server -am verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=ReplacingIT
 * </pre>
 */
@Timeout(300)
class ReplacingIT {

    private static final int RELOADS = 1000;
    private static final int WARM_UP = 100;
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int CLIENTS = 4;
    private static final long MORE_HEAP = 4 * 1024 * 1024;

    private final AtomicLong answered = new AtomicLong();
    private volatile boolean over;

    @Test
    void leavesHeapAndThreadsAsTheyWere() throws Exception {
        Gateway service = Gateway.builder()
                .route(Route.named("all").path("/**").answer(200, "text/plain", "here"))
                .build();
        try (GatewayServer upstream = GatewayServer.builder(service)
                        .port(0)
                        .withoutAdminPort()
                        .start();
                GatewayServer server =
                        GatewayServer.start(gateway(0, upstream.uri().toString()), 0)) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(
                        () -> ask(server.port()), client -> new Thread(client, "client").start()));
            }
            reload(server, upstream, 1, WARM_UP);
            long heapBefore = heap();
            int threadsBefore = threads();
            reload(server, upstream, WARM_UP, RELOADS);
            long heapAfter = heap();
            // a gateway may be ending just now
            await().untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(threadsBefore + 2));
            over = true;
            for (CompletableFuture<Void> client : clients) {
                client.get();
            }
            System.out.printf(
                    "%d reloads, %d requests: heap %d KiB -> %d KiB, threads %d -> %d%n",
                    RELOADS, answered.get(), heapBefore / 1024, heapAfter / 1024, threadsBefore, threads());
            assertThat(heapAfter - heapBefore).isLessThan(MORE_HEAP);
        }
    }

    private static void reload(GatewayServer server, GatewayServer upstream, int from, int to) {
        long next = System.nanoTime();
        for (int i = from; i < to; i++) {
            try {
                server.replace(gateway(i, upstream.uri().toString()));
            } catch (GatewayException expected) {
                assertThat(i % 10).isEqualTo(3);
            }
            next += INTERVAL_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void ask(int port) {
        try (RawClient client = RawClient.connect(port)) {
            while (!over) {
                RawResponse answer = client.send(RawRequest.get("/through")).readResponse();
                assertThat(answer.status()).isEqualTo(200);
                answered.incrementAndGet();
            }
        }
    }

    /** Others every time: routes, limits, connections. */
    private static Gateway gateway(int number, String upstream) {
        var gateway = Gateway.builder()
                .filter(RequestIdFilter.create())
                .upstream(Upstream.named("service").target(upstream).maxConnections(CLIENTS + number % 3))
                .route(Route.named("through")
                        .path("/through")
                        .filter(RateLimitFilter.builder()
                                .limit("all", 1_000_000 + number % 5, Duration.ofSeconds(1))
                                .build())
                        .to("service"))
                .route(Route.named("route-" + number).path("/" + number).answer(200, "text/plain", "" + number));
        if (number % 10 == 3) {
            gateway.route(Route.named("app").path("/app").toHostApplication());
        }
        return gateway.build();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
